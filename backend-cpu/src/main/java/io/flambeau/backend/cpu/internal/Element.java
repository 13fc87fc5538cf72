package io.flambeau.backend.cpu.internal;

import io.flambeau.tensor.Complex;
import io.flambeau.tensor.DType;

/**
 * How elements of each dtype lie in memory, and their widening and narrowing to the four computing types. The constants
 * {@code BITS…} move elements without looking at them.
 *
 * <p>Templates hold constants of this type as class data, so that these calls disappear in compiled code.
 */
public enum Element {
    BOOL(1) {
        @Override
        public long i64(long a) {
            return Mem.i8(a);
        }

        @Override
        public void i64(long a, long v) {
            Mem.i8(a, (byte) (v != 0 ? 1 : 0));
        }

        @Override
        public void f32(long a, float v) {
            Mem.i8(a, (byte) (v != 0 ? 1 : 0));
        }

        @Override
        public void f64(long a, double v) {
            Mem.i8(a, (byte) (v != 0 ? 1 : 0));
        }
    },
    U8(1) {
        @Override
        public long i64(long a) {
            return Mem.i8(a) & 0xFF;
        }

        @Override
        public void i64(long a, long v) {
            Mem.i8(a, (byte) v);
        }
    },
    I8(1) {
        @Override
        public long i64(long a) {
            return Mem.i8(a);
        }

        @Override
        public void i64(long a, long v) {
            Mem.i8(a, (byte) v);
        }
    },
    I16(2) {
        @Override
        public long i64(long a) {
            return Mem.i16(a);
        }

        @Override
        public void i64(long a, long v) {
            Mem.i16(a, (short) v);
        }
    },
    I32(4) {
        @Override
        public long i64(long a) {
            return Mem.i32(a);
        }

        @Override
        public void i64(long a, long v) {
            Mem.i32(a, (int) v);
        }
    },
    I64(8) {
        @Override
        public long i64(long a) {
            return Mem.i64(a);
        }

        @Override
        public void i64(long a, long v) {
            Mem.i64(a, v);
        }
    },
    F16(2) {
        @Override
        public float f32(long a) {
            return Mem.f16(a);
        }

        @Override
        public void f32(long a, float v) {
            Mem.f16(a, v);
        }
    },
    BF16(2) {
        @Override
        public float f32(long a) {
            return Mem.bf16(a);
        }

        @Override
        public void f32(long a, float v) {
            Mem.bf16(a, v);
        }
    },
    F32(4) {
        @Override
        public float f32(long a) {
            return Mem.f32(a);
        }

        @Override
        public void f32(long a, float v) {
            Mem.f32(a, v);
        }
    },
    F64(8) {
        @Override
        public float f32(long a) {
            return (float) Mem.f64(a);
        }

        @Override
        public double f64(long a) {
            return Mem.f64(a);
        }

        @Override
        public void f64(long a, double v) {
            Mem.f64(a, v);
        }
    },
    C64(8) {
        @Override
        public double f64(long a) {
            return Mem.f32(a);
        }

        @Override
        public double imaginary(long a) {
            return Mem.f32(a + 4);
        }

        @Override
        public void f64(long a, double v) {
            c128(a, v, 0);
        }

        @Override
        public void c128(long a, double re, double im) {
            Mem.f32(a, (float) re);
            Mem.f32(a + 4, (float) im);
        }
    },
    C128(16) {
        @Override
        public double f64(long a) {
            return Mem.f64(a);
        }

        @Override
        public double imaginary(long a) {
            return Mem.f64(a + 8);
        }

        @Override
        public void f64(long a, double v) {
            c128(a, v, 0);
        }

        @Override
        public void c128(long a, double re, double im) {
            Mem.f64(a, re);
            Mem.f64(a + 8, im);
        }
    },
    BITS8(1) {
        @Override
        public void move(long from, long to) {
            Mem.i8(to, Mem.i8(from));
        }
    },
    BITS16(2) {
        @Override
        public void move(long from, long to) {
            Mem.i16(to, Mem.i16(from));
        }
    },
    BITS32(4) {
        @Override
        public void move(long from, long to) {
            Mem.i32(to, Mem.i32(from));
        }
    },
    BITS64(8) {
        @Override
        public void move(long from, long to) {
            Mem.i64(to, Mem.i64(from));
        }
    },
    BITS128(16) {
        @Override
        public void move(long from, long to) {
            Mem.i64(to, Mem.i64(from));
            Mem.i64(to + 8, Mem.i64(from + 8));
        }
    };

    private static final Element[] OF_DTYPE = values();

    public final int bytes;

    Element(int bytes) {
        this.bytes = bytes;
    }

    public static Element of(DType dtype) {
        return OF_DTYPE[dtype.ordinal()];
    }

    /** The type in which arithmetic on this one is done: I64, F32, F64 or C128. */
    public Element computing() {
        return switch (this) {
            case BOOL, U8, I8, I16, I32, I64 -> I64;
            case F16, BF16, F32 -> F32;
            case F64 -> F64;
            case C64, C128 -> C128;
            default -> throw new IllegalStateException(name());
        };
    }

    public boolean isInteger() {
        return ordinal() <= I64.ordinal();
    }

    public boolean isComplex() {
        return this == C64 || this == C128;
    }

    /** The constant that moves elements of this size. */
    public Element bits() {
        return switch (bytes) {
            case 1 -> BITS8;
            case 2 -> BITS16;
            case 4 -> BITS32;
            case 8 -> BITS64;
            default -> BITS128;
        };
    }

    public long i64(long a) {
        return (long) f64(a);
    }

    public void i64(long a, long v) {
        if (this == F64 || isComplex()) {
            f64(a, v);
        } else {
            f32(a, v);
        }
    }

    public float f32(long a) {
        return i64(a);
    }

    public void f32(long a, float v) {
        if (isInteger()) {
            i64(a, (long) v);
        } else {
            f64(a, v);
        }
    }

    public double f64(long a) {
        return isInteger() ? i64(a) : f32(a);
    }

    public void f64(long a, double v) {
        if (isInteger()) {
            i64(a, (long) v);
        } else {
            f32(a, (float) v);
        }
    }

    public double imaginary(long a) {
        return 0;
    }

    public Complex c128(long a) {
        return new Complex(f64(a), imaginary(a));
    }

    public void c128(long a, double re, double im) {
        if (this == BOOL) {
            i64(a, re != 0 || im != 0 ? 1 : 0);
        } else {
            f64(a, re);
        }
    }

    /** Copies an element without looking at it. */
    public void move(long from, long to) {
        throw new IllegalStateException(name());
    }
}
