package io.flambeau.backend.cpu.internal;

/** The numbers of the butterflies of three and five. */
public final class Radix {
    public static final double SIN_60 = 0.86602540378443864676;
    public static final double COS_72 = 0.30901699437494742410;
    public static final double SIN_72 = 0.95105651629515357212;
    public static final double COS_144 = -0.80901699437494742410;
    public static final double SIN_144 = 0.58778525229247312917;

    private Radix() {}
}
