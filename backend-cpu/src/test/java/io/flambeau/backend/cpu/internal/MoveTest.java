package io.flambeau.backend.cpu.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MoveTest {
    private static final int ALL = 1 << 16;

    @Test
    void everyHalfIsWidenedExactly() {
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocate(ALL * 2L, 64).address();
            long to = arena.allocate(ALL * 4L, 64).address();
            for (int i = 0; i < ALL; i++) {
                Mem.i16(from + i * 2L, (short) i);
            }
            Move.of(Element.F16, Element.F32).run(ALL, from, 2, to, 4);
            for (int i = 0; i < ALL; i++) {
                same(Mem.f32(to + i * 4L), Float.float16ToFloat((short) i));
            }
            Move.of(Element.BF16, Element.F32).run(ALL, from, 2, to, 4);
            for (int i = 0; i < ALL; i++) {
                same(Mem.f32(to + i * 4L), Float.intBitsToFloat(i << 16));
            }
        }
    }

    private static void same(float got, float want) {
        if (Float.floatToIntBits(got) != Float.floatToIntBits(want)) {
            assertThat(got).isEqualTo(want);
        }
    }

    /** Every half, the ties between neighbours and their neighbours, and random bits. */
    @Test
    void floatsAreRoundedToNearestEven() {
        SplittableRandom random = new SplittableRandom(4);
        int n = 4 * ALL;
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocate(n * 4L, 64).address();
            long to = arena.allocate(n * 2L, 64).address();
            for (int i = 0; i < ALL; i++) {
                float half = Float.float16ToFloat((short) i);
                float tie = (half + Float.float16ToFloat((short) (i + 1))) / 2;
                Mem.f32(from + i * 16L, half);
                Mem.f32(from + i * 16L + 4, tie);
                Mem.f32(from + i * 16L + 8, Math.nextUp(tie));
                Mem.i32(from + i * 16L + 12, random.nextInt());
            }
            Move.of(Element.F32, Element.F16).run(n, from, 4, to, 2);
            for (int i = 0; i < n; i++) {
                float x = Mem.f32(from + i * 4L);
                short want = Float.floatToFloat16(x);
                assertSame(Mem.i16(to + i * 2L), x != x ? (short) (want & 0x8000 | 0x7E00) : want, x);
            }
            Move.of(Element.F32, Element.BF16).run(n, from, 4, to, 2);
            for (int i = 0; i < n; i++) {
                float x = Mem.f32(from + i * 4L);
                assertSame(Mem.i16(to + i * 2L), Mem.toBf16(x), x);
            }
        }
    }

    private static void assertSame(short got, short want, float x) {
        if (got != want && x == x) {
            assertThat(got).as("%s (%08x)", x, Float.floatToRawIntBits(x)).isEqualTo(want);
        }
        if (x != x) {
            assertThat(Float.isNaN(Float.float16ToFloat(got)) || (got & 0x7F80) == 0x7F80)
                    .isTrue();
        }
    }

    @Test
    void bytesBecomeFloats() {
        try (Arena arena = Arena.ofConfined()) {
            long from = arena.allocate(300, 64).address();
            long to = arena.allocate(300 * 4, 64).address();
            for (int i = 0; i < 300; i++) {
                Mem.i8(from + i, (byte) i);
            }
            Move.of(Element.U8, Element.F32).run(300, from, 1, to, 4);
            for (int i = 0; i < 300; i++) {
                assertThat(Mem.f32(to + i * 4L)).isEqualTo(i & 0xFF);
            }
        }
    }
}
