package io.flambeau.io.internal.pickle;

import static io.flambeau.io.TestFiles.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flambeau.io.TestFiles;
import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.StoredType;
import io.flambeau.tensor.Complex;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpicklerTest {
    private static final String STORAGE = "(X\7\0\0\0storagectorch\nFloatStorage\nX\1\0\0\0000X\3\0\0\0cpuK\14tQ";
    private static final String HOOKS = "\u0089ccollections\nOrderedDict\n)R";
    private static final String REBUILD = "ctorch._utils\n_rebuild_tensor_v2\n";

    /** A tensor of 12 floats in storage "0": offset, sizes and strides as pickled. */
    private static String tensor(String offset, String sizes, String strides) {
        return REBUILD + "(" + STORAGE + offset + sizes + strides + HOOKS + "tR";
    }

    private static Object read(String latin1) {
        Cursor cursor = new Cursor(SOURCE, MemorySegment.ofArray(latin1.getBytes(StandardCharsets.ISO_8859_1)));
        Object value = Unpickler.read(cursor, new Budget(SOURCE, 100));
        assertThat(cursor.remaining()).isZero();
        return value;
    }

    private static Object plain(String latin1) {
        return new Plain(SOURCE, tensor -> tensor).convert(read(latin1));
    }

    private static void refused(String latin1, String message) {
        assertThatThrownBy(() -> plain(latin1))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void readsValuesOfAllProtocols() {
        assertThat(read("\u0080\2}X\1\0\0\0aK\1s.")).isEqualTo(Map.of("a", 1L));
        assertThat(read("I01\n.")).isEqualTo(true);
        assertThat(read("L12345678901234567890L\n.")).isEqualTo(new BigInteger("12345678901234567890"));
        assertThat(read("(I-7\nK\2t.")).isEqualTo(List.of(-7L, 2L));
        assertThat(read("\u0080\4\u0095\7\0\0\0\0\0\0\0\u008c\1a\u0094h\0\u0086."))
                .isEqualTo(List.of("a", "a"));
        assertThat(read("\u0080\5\u008f(K\1K\2\u0090.")).isEqualTo(Set.of(1L, 2L));
        assertThat(read("\u008a\0.")).isEqualTo(0L);
        assertThat(read("\u008a\2\0\u0080.")).isEqualTo(-32768L);
        assertThat(read("J\u00ff\u00ff\u00ff\u00ff.")).isEqualTo(-1L);
        assertThat(read("G\277\360\0\0\0\0\0\0.")).isEqualTo(-1.0);
        assertThat(read("X\2\0\0\0\u00c3\u00a9.")).isEqualTo("\u00e9");
        assertThat(read("C\2\0\u00ff.")).isEqualTo(new byte[] {0, -1});
        assertThat(read("NK\1\u0086K\0K\0\u0087.")).isNotNull();
        assertThat(read("cbuiltins\ncomplex\nG\0\0\0\0\0\0\0\0G\277\360\0\0\0\0\0\0\u0086R."))
                .isEqualTo(new Complex(0, -1));
        assertThat(read("ctorch\ndevice\nX\4\0\0\0cudaK\1\u0086R.")).isEqualTo("cuda:1");
        assertThat(read("ctorch\nbfloat16\n.")).isEqualTo(StoredType.BF16);
        assertThat(read("c_codecs\nencode\nX\2\0\0\0\u00c3\u00bfX\6\0\0\0latin1\u0086R."))
                .isEqualTo(new byte[] {-1});
        assertThat(read("ccollections\nOrderedDict\n](](X\1\0\0\0aK\1ee\u0085R."))
                .isEqualTo(Map.of("a", 1L));
    }

    @Test
    void readsATensor() {
        TensorRef tensor = (TensorRef) read(tensor("K\2", "K\2K\3\u0086", "K\1K\4\u0086") + ".");
        assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(tensor.strides()).containsExactly(1, 4);
        assertThat(tensor.offset()).isEqualTo(2);
        assertThat(tensor.storage()).isEqualTo(new StorageRef("0", StoredType.F32, 12, 0, 12));
    }

    @Test
    void refusesTensorsThatLeaveTheirStorage() {
        read(tensor("K\0", "K\3K\4\u0086", "K\4K\1\u0086") + ".");
        read(tensor("K\14", "K\0K\4\u0086", "K\4K\1\u0086") + ".");
        refused(tensor("K\15", "K\0\u0085", "K\1\u0085") + ".", "leaves its storage");
        refused(tensor("K\1", "K\3K\4\u0086", "K\4K\1\u0086") + ".", "leaves its storage");
        refused(tensor("K\0", "K\3K\4\u0086", "K\5K\1\u0086") + ".", "leaves its storage");
        refused(tensor("J\u00ff\u00ff\u00ff\u00ff", "K\1\u0085", "K\1\u0085") + ".", "leaves its storage");
        refused(tensor("K\0", "K\2\u0085", "J\u00ff\u00ff\u00ff\u00ff\u0085") + ".", "negative stride -1");
        refused(tensor("K\0", "J\u00ff\u00ff\u00ff\u00ff\u0085", "K\1\u0085") + ".", "negative");
        refused(tensor("K\0", "K\3\u0085", "\u008a\10\0\0\0\0\0\0\0\100\u0085") + ".", "overflow");
        refused(tensor("K\0", "\u008a\10\0\0\0\0\0\0\0\100K\4\u0086", "K\0K\0\u0086") + ".", "overflows");
        refused(tensor("K\0", "K\2\u0085", ")") + ".", "1 sizes and 0 strides");
        refused(tensor("K\0", "X\1\0\0\0a\u0085", "K\1\u0085") + ".", "wrong argument 2");
        refused(tensor("N", "K\2\u0085", "K\1\u0085") + ".", "wrong argument 1");
        refused(tensor("K\0", "(" + "K\1".repeat(100_000) + "t", "K\1\u0085") + ".", "wrong argument 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(X\2\0\0\0idtR.",
                "cposix\nsystem\n.",
                "cbuiltins\neval\n(X\1\0\0\0001tR.",
                "c__builtin__\nexec\n.",
                "cbuiltins\ngetattr\n.",
                "csubprocess\nPopen\n.",
                "ctorch\nload\n.",
                "ctorch.hub\nload\n.",
                "ctorch._utils\n_import_dotted_name\n.",
                "cnumpy.core.multiarray\n_reconstruct\n.",
                "c__main__\nNet\n)R.",
                "\u008c\2os\u008c\6system\u0093.",
                "ccollections\nOrderedDict.__init__\n.",
                "ccollections.OrderedDict\nfromkeys\n."
            })
    void refusesNamesOutsideTheList(String pickle) {
        refused(pickle, "to be run by Python");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "torch\nuint4",
                "torch\nfloat4_e2m1fn_x2",
                "torch\nQInt8Storage",
                "torch\ncomplex32",
                "torch._utils\n_rebuild_sparse_tensor"
            })
    void tellsWhatNoTensorCanHoldFromWhatIsDangerous(String name) {
        assertThatThrownBy(() -> read("c" + name + "\n."))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(name.replace('\n', '.') + ", which no tensor here can hold")
                .hasMessageContaining("FB-501");
    }

    @Test
    void refusesOperationsThatDataDoesNotNeed() {
        Set<Integer> known = Set.of(
                        '(', '.', '0', '1', '2', 'N', 'I', 'J', 'K', 'L', 'M', 'G', 'T', 'U', 'X', 'B', 'C', 'a', 'e',
                        'b', 'c', 'd', 'l', 't', '}', ']', ')', 'h', 'j', 'q', 'r', 's', 'u', 'R', 'Q')
                .stream()
                .map(c -> (int) c)
                .collect(Collectors.toSet());
        for (int opcode = 0; opcode < 256; opcode++) {
            boolean data = known.contains(opcode)
                    || opcode >= 0x80
                            && opcode <= 0x96
                            && !Set.of(0x81, 0x82, 0x83, 0x84, 0x92).contains(opcode);
            if (!data) {
                refused((char) opcode + "aaaaaaaaaaaa\n.", String.format("the operation 0x%02x", opcode));
            }
        }
    }

    @Test
    void refusesCallsThatAreNoCalls() {
        refused("X\1\0\0\0a)R.", "calls a value of another kind");
        refused("ctorch\nTensor\n)R.", "calls torch.Tensor");
        refused("ctorch\nFloatStorage\n)R.", "calls torch.FloatStorage");
        refused("ccollections\nOrderedDict\nK\1R.", "calls collections.OrderedDict");
        refused("ctorch._tensor\n_rebuild_from_type_v2\n(ctorch\ndevice\nctorch\nTensor\n)NtR.", "calls torch.device");
        refused("ctorch\nTensor\n.", "the class torch.Tensor itself");
        refused("]}b.", "sets the state of");
        refused(tensor("K\0", "K\1\u0085", "K\1\u0085") + "}b.", "sets the state of");
        refused("X\1\0\0\0aQ.", "names no storage");
        refused(STORAGE.replace("storage", "modules") + ".", "names no storage");
        refused(STORAGE.replace("FloatStorage", "Tensor") + ".", "names no storage");
        refused(STORAGE.replace("K\14", "J\u00ff\u00ff\u00ff\u00ff") + ".", "names no storage");
        refused(STORAGE + ".", "bare storage");
    }

    @Test
    void refusesStacksAndMemosThatDoNotFit() {
        refused(".", "ends with 0 values");
        refused("K\1K\2.", "ends with 2 values");
        refused("(K\1.", "ends with 1 values");
        refused("a.", "takes from an empty stack");
        refused("K\1(a.", "takes from an empty stack");
        refused("t.", "there is none");
        refused("K\1K\2a.", "appends to");
        refused("](K\1u.", "sets 1 keys");
        refused("}K\1K\2\u0086K\3s.", "uses a value of another kind as a key");
        refused("K\1(K\1\u0090.", "adds to");
        refused("h\0.", "takes a value from place 0");
        refused("K\1q\2h\1.", "takes a value from place 1");
        refused("K\1r\u00ff\u00ff\u00ff\u00ff.", "place 4294967295");
        refused("\u0080\6.", "protocol 6");
        refused("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "has a frame");
        refused("I1" + "1".repeat(5000) + "\n.", "not a line of at most");
        refused("I1x\n.", "has the integer");
    }

    @Test
    void refusesLengthsThatLieWithoutAllocating() {
        for (String lie : List.of(
                "\u008b\u00ff\u00ff\u00ff\177.",
                "X\u00ff\u00ff\u00ff\u00ffa.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\177.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
                "B\u00ff\u00ff\u00ff\177a.",
                "\u0096\u00ff\u00ff\u00ff\u00ff\0\0\0\0a.")) {
            long allocated = TestFiles.allocatedBytes(() -> refused(lie, "test: memory: "));
            assertThat(allocated).isLessThan(1_000_000);
        }
    }

    @Test
    void refusesWhatContainsItselfAndWhatIsTooDeep() {
        refused("]q\0h\0a.", "contains itself");
        refused("}q\0X\1\0\0\0ah\0s.", "contains itself");
        refused("]".repeat(300) + "a".repeat(299) + ".", "nested deeper than 200");
        refused("]".repeat(40_000) + "a".repeat(39_999) + ".", "nested deeper than 200");
    }

    @Test
    void refusesToMakeMoreThanAnyTrainingMakes() {
        refused("(".repeat(2000) + ".", "nested deeper than 1000");
        byte[] dicts = new byte[1 << 21];
        Arrays.fill(dicts, (byte) '}');
        Cursor cursor = new Cursor(SOURCE, MemorySegment.ofArray(dicts));
        assertThatThrownBy(() -> Unpickler.read(cursor, new Budget(SOURCE, dicts.length)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than twice its size in memory");
    }

    @Test
    void sharesWhatIsSharedInsteadOfUnfoldingIt() {
        StringBuilder laughs = new StringBuilder("]q\0");
        for (int i = 1; i < 150; i++) {
            laughs.append("]q")
                    .append((char) i)
                    .append("(h")
                    .append((char) (i - 1))
                    .append('h')
                    .append((char) (i - 1));
            laughs.append("e");
        }
        assertThat((List<?>) ((ArrayList<?>) plain("(" + laughs + "l.")).getLast())
                .hasSize(2);
    }

    @Test
    void refusesCopyingOneValueManyTimes() {
        String big = "X\0\1\0\0" + "a".repeat(256) + "q\0";
        String again = "c_codecs\nencode\nh\0X\6\0\0\0latin1\u0086R0";
        refused(big + again.repeat(1000) + ".", "copies one value many times");
    }

    @Test
    void writesWhatItReads() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "\u00e9\ud83d\ude00");
        value.put("numbers", Arrays.asList(0L, -1L, 1L << 40, Long.MIN_VALUE, 0.5, Double.NaN, true, false, null));
        value.put("nested", Map.of(7L, List.of(Map.of())));
        value.put("tuple", Tuple.of(1L, 2L));
        Function<Object, Pickler.Stored> none = any -> null;
        byte[] pickle = new Pickler(SOURCE, none).write(value);
        Object read = new Plain(SOURCE, tensor -> tensor)
                .convert(Unpickler.read(
                        new Cursor(SOURCE, MemorySegment.ofArray(pickle)), new Budget(SOURCE, pickle.length)));
        assertThat(read).isEqualTo(value);
        assertThatThrownBy(() -> new Pickler(SOURCE, none).write(new Random()))
                .hasMessageContaining("a value of java.util.Random cannot be saved");
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        assertThatThrownBy(() -> new Pickler(SOURCE, none).write(endless)).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> new Pickler(SOURCE, none).write("\ud800")).hasMessageContaining("surrogate");
    }

    @Test
    void refusesEveryPrefixAndSurvivesRandomBytes() {
        String whole = "\u0080\2}(X\1\0\0\0a" + tensor("K\2", "K\2K\3\u0086", "K\1K\4\u0086") + "X\1\0\0\0b](K\1K\2eu.";
        for (int n = 0; n < whole.length(); n++) {
            refused(whole.substring(0, n), "test: memory: ");
        }
        Random random = new Random(1);
        byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = bytes.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            survives(changed);
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            survives(noise);
        }
    }

    private static void survives(byte[] pickle) {
        try {
            Object value = Unpickler.read(
                    new Cursor(SOURCE, MemorySegment.ofArray(pickle)), new Budget(SOURCE, pickle.length));
            new Plain(SOURCE, tensor -> tensor).convert(value);
        } catch (FormatException e) {
            assertThat(e.fault().code()).startsWith("FB-50");
        }
    }

    @Test
    void readsOneOfSeveralPickles() {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes("K\1.K\2.".getBytes(StandardCharsets.ISO_8859_1));
        Cursor cursor = new Cursor(SOURCE, MemorySegment.ofArray(two.toByteArray()));
        assertThat(Unpickler.read(cursor, new Budget(SOURCE, 100))).isEqualTo(1L);
        assertThat(Unpickler.read(cursor, new Budget(SOURCE, 100))).isEqualTo(2L);
    }
}
