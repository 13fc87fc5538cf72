package io.flambeau.io.internal.safetensors;

import io.flambeau.tensor.DType;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dtypes that safetensors files may hold; some of them have no {@link DType} and can only be skipped. */
public enum StoredType {
    BOOL(8, DType.BOOL),
    F4(4, null),
    F6_E2M3(6, null),
    F6_E3M2(6, null),
    U8(8, DType.U8),
    I8(8, DType.I8),
    F8_E5M2(8, null),
    F8_E4M3(8, null),
    F8_E8M0(8, null),
    F8_E4M3FNUZ(8, null),
    F8_E5M2FNUZ(8, null),
    I16(16, DType.I16),
    U16(16, null),
    F16(16, DType.F16),
    BF16(16, DType.BF16),
    I32(32, DType.I32),
    U32(32, null),
    F32(32, DType.F32),
    C64(64, DType.C64),
    F64(64, DType.F64),
    I64(64, DType.I64),
    U64(64, null),
    C128(128, DType.C128);

    private static final Map<String, StoredType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(StoredType::name, type -> type));

    private final int bits;
    private final @Nullable DType dtype;

    StoredType(int bits, @Nullable DType dtype) {
        this.bits = bits;
        this.dtype = dtype;
    }

    public int bits() {
        return bits;
    }

    /** The dtype of a tensor that holds such elements, or null if there is none. */
    public @Nullable DType dtype() {
        return dtype;
    }

    /** The type of this name in a file, or null. */
    public static @Nullable StoredType named(String name) {
        return BY_NAME.get(name);
    }

    /** How elements of this dtype are stored. */
    public static StoredType of(DType dtype) {
        return valueOf(dtype.name());
    }
}
