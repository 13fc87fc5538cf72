package io.flambeau.io.internal.npy;

import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Sizes;
import io.flambeau.io.internal.Source;
import io.flambeau.io.internal.StoredType;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/**
 * The header of an .npy file (<a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 * format</a>), versions 1 to 3.
 *
 * @param dtype of a tensor that holds the elements, see Note [Widening] at {@link StoredType}
 * @param order the order of bytes in the data
 * @param fortran whether the first axis, not the last, is contiguous
 * @param data where the elements begin
 */
public record NpyHeader(StoredType type, DType dtype, ByteOrder order, boolean fortran, Shape shape, long data) {
    /** NumPy's own limit; a longer header is refused before it is read. */
    private static final int MAX_HEADER = 10_000;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int ALIGNMENT = 64;

    private static final Map<String, StoredType> TYPES = Map.ofEntries(
            Map.entry("b1", StoredType.BOOL),
            Map.entry("u1", StoredType.U8),
            Map.entry("u2", StoredType.U16),
            Map.entry("u4", StoredType.U32),
            Map.entry("u8", StoredType.U64),
            Map.entry("i1", StoredType.I8),
            Map.entry("i2", StoredType.I16),
            Map.entry("i4", StoredType.I32),
            Map.entry("i8", StoredType.I64),
            Map.entry("f2", StoredType.F16),
            Map.entry("f4", StoredType.F32),
            Map.entry("f8", StoredType.F64),
            Map.entry("c8", StoredType.C64),
            Map.entry("c16", StoredType.C128));

    /** Reads the header of a whole file, and checks that exactly its elements follow. */
    public static NpyHeader parse(Source source, MemorySegment file) {
        Cursor cursor = new Cursor(source, file);
        for (byte magic : MAGIC) {
            if (cursor.u8("the magic string") != Byte.toUnsignedInt(magic)) {
                throw source.bad("it does not begin as an .npy file does");
            }
        }
        int major = cursor.u8("the version");
        int minor = cursor.u8("the version");
        if (major < 1 || major > 3 || minor != 0) {
            throw source.refuse("it is of version " + major + "." + minor, "save it with version 1.0 to 3.0");
        }
        long length = major == 1 ? cursor.u16("the length of the header") : cursor.u32("the length of the header");
        if (length > MAX_HEADER) {
            throw source.bad("it claims a header of " + length + " bytes, more than the " + MAX_HEADER + " allowed");
        }
        NpyDict dict = new NpyDict(source, cursor.utf8(length, "the header"));
        long data = cursor.position();
        Shape shape = Sizes.shape(source, "the array", dict.shape());
        StoredType type = type(source, dict.descr());
        long bytes = Sizes.times(source, "the array", shape.count(), type.bytes());
        if (bytes != cursor.remaining()) {
            throw source.bad(type.title() + shape.toString() + " needs " + bytes + " bytes, and " + cursor.remaining()
                    + " follow the header");
        }
        DType dtype = type.dtype(source, "the array");
        return new NpyHeader(type, dtype, order(source, dict.descr(), type), dict.fortran(), shape, data);
    }

    private static StoredType type(Source source, String descr) {
        StoredType type =
                TYPES.get(descr.isEmpty() || "<>|=".indexOf(descr.charAt(0)) < 0 ? descr : descr.substring(1));
        if (type == null) {
            throw source.refuse(
                    "no tensor can hold NumPy's dtype " + Source.quote(descr),
                    "convert the array with astype to a bool, an integer, a float or a complex");
        }
        return type;
    }

    private static ByteOrder order(Source source, String descr, StoredType type) {
        return switch (descr.charAt(0)) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> {
                if (type.bytes() > 1) {
                    throw source.bad("its dtype " + Source.quote(descr) + " has no order of bytes");
                }
                yield ByteOrder.nativeOrder();
            }
        };
    }

    /** What to write before the elements, which follow in row-major order, little-endian. */
    public static ByteBuffer write(Source source, DType dtype, Shape shape) {
        String type = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == StoredType.of(dtype))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> source.refuse("NumPy has no dtype " + dtype, "convert to float32 before saving"));
        String order = dtype.bytes() == 1 ? "|" : "<";
        StringJoiner sizes = new StringJoiner(", ", "(", shape.rank() == 1 ? ",)" : ")");
        for (long size : shape.sizes()) {
            sizes.add(Long.toString(size));
        }
        String dict = "{'descr': '" + order + type + "', 'fortran_order': False, 'shape': " + sizes + ", }";
        int start = MAGIC.length + 4;
        int total = (start + dict.length() + 1 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer head = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (total - start));
        head.put(dict.getBytes(StandardCharsets.US_ASCII));
        while (head.remaining() > 1) {
            head.put((byte) ' ');
        }
        return head.put((byte) '\n').flip();
    }
}
