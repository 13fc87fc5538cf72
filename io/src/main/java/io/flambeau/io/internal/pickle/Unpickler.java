package io.flambeau.io.internal.pickle;

import io.flambeau.io.internal.Budget;
import io.flambeau.io.internal.Cursor;
import io.flambeau.io.internal.Source;
import io.flambeau.tensor.FormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickles that PyTorch writes.
 *
 * <p>A pickle is a program for a small stack machine
 * (<a href="https://docs.python.org/3/library/pickletools.html">its operations</a>). In Python its GLOBAL and REDUCE can
 * name and call anything; here names are looked up in the fixed list of {@link Global}, whose members are constants of
 * this module, and calling one of them builds a value. No class is ever looked up, so that no file can run code.
 *
 * <p>Values: null, Boolean, Long, BigInteger, Double, String, byte[], ArrayList, LinkedHashMap, LinkedHashSet,
 * {@link Tuple}, {@link StorageRef}, {@link TensorRef}, StoredType, Complex and {@link Global}. Containers may be shared and
 * may contain themselves; who walks through them must be prepared.
 */
public final class Unpickler {
    private static final int HIGHEST_PROTOCOL = 5;
    /** What things cost, with what {@link Plain} makes of them; see Note [Budget]. */
    private static final int CONTAINER = 160;

    private static final int TEXT = 96;
    /** A place in a map, and its copy. */
    private static final int PLACE = 96;

    private static final int ITEM = 24;
    private static final int TENSOR = 768;
    private static final int MAX_MARKS = 1000;
    private static final int LONGEST_INTEGER = 256;
    private static final int LONGEST_LINE = 1024;
    /** In the memo: nothing was put here. */
    private static final Object NOTHING = new Object();

    private final Cursor cursor;
    private final Source source;
    private final ArrayList<@Nullable Object> stack = new ArrayList<>();
    private final ArrayList<Integer> marks = new ArrayList<>();
    private final ArrayList<@Nullable Object> memo = new ArrayList<>();

    private final Budget budget;
    private long copied;

    private Unpickler(Cursor cursor, Budget budget) {
        this.budget = budget;
        this.cursor = cursor;
        this.source = cursor.source();
    }

    /** Reads one value; the cursor then stands behind its end. */
    public static @Nullable Object read(Cursor cursor, Budget budget) {
        return new Unpickler(cursor, budget).run();
    }

    private @Nullable Object run() {
        while (true) {
            int opcode = cursor.u8("its pickle");
            if (opcode == Opcodes.STOP) {
                if (stack.size() != 1 || !marks.isEmpty()) {
                    throw bad("ends with " + stack.size() + " values");
                }
                return pop();
            }
            if (!literal(opcode) && !container(opcode) && !memory(opcode)) {
                call(opcode);
            }
        }
    }

    private boolean literal(int opcode) {
        switch (opcode) {
            case Opcodes.NONE -> push(null);
            case Opcodes.NEWTRUE -> push(true);
            case Opcodes.NEWFALSE -> push(false);
            case Opcodes.BININT -> push((long) cursor.i32("an integer"));
            case Opcodes.BININT1 -> push((long) cursor.u8("an integer"));
            case Opcodes.BININT2 -> push((long) cursor.u16("an integer"));
            case Opcodes.LONG1 -> push(integer(cursor.u8("an integer")));
            case Opcodes.LONG4 -> push(integer(cursor.u32("an integer")));
            case Opcodes.INT, Opcodes.LONG -> push(decimal(cursor.line(LONGEST_LINE, "an integer")));
            case Opcodes.BINFLOAT -> push(Double.longBitsToDouble(Long.reverseBytes(cursor.i64("a number"))));
            case Opcodes.SHORT_BINUNICODE, Opcodes.SHORT_BINSTRING -> push(text(cursor.u8("a string")));
            case Opcodes.BINUNICODE, Opcodes.BINSTRING -> push(text(cursor.u32("a string")));
            case Opcodes.BINUNICODE8 -> push(text(cursor.i64("a string")));
            case Opcodes.SHORT_BINBYTES -> push(bytes(cursor.u8("bytes")));
            case Opcodes.BINBYTES -> push(bytes(cursor.u32("bytes")));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> push(bytes(cursor.i64("bytes")));
            default -> {
                return false;
            }
        }
        return true;
    }

    private String text(long length) {
        String text = cursor.utf8(length, "a string");
        budget.spend(TEXT + (text.length() == length ? 2 : 5) * length);
        return text;
    }

    private byte[] bytes(long length) {
        budget.spend(Math.max(0, Math.min(length, cursor.remaining())));
        return cursor.array(length, "bytes");
    }

    private Number integer(long length) {
        if (length > LONGEST_INTEGER) {
            throw bad("has an integer of " + length + " bytes");
        }
        byte[] little = cursor.array(length, "an integer");
        byte[] big = new byte[Math.max(little.length, 1)];
        for (int i = 0; i < little.length; i++) {
            big[little.length - 1 - i] = little[i];
        }
        return shortest(new BigInteger(big));
    }

    private static Number shortest(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return value.longValue();
        }
        return value;
    }

    /** An integer as protocols 0 and 1 write it; 00 and 01 stand for booleans. */
    private Object decimal(String line) {
        if (line.equals("00") || line.equals("01")) {
            return line.equals("01");
        }
        try {
            return shortest(new BigInteger(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
        } catch (NumberFormatException e) {
            throw bad("has the integer " + Source.quote(line));
        }
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case Opcodes.MARK -> mark();
            case Opcodes.EMPTY_TUPLE -> push(Tuple.EMPTY);
            case Opcodes.TUPLE1 -> pushNew(Tuple.copyOf(popItems(1)));
            case Opcodes.TUPLE2 -> pushNew(Tuple.copyOf(popItems(2)));
            case Opcodes.TUPLE3 -> pushNew(Tuple.copyOf(popItems(3)));
            case Opcodes.TUPLE -> pushNew(Tuple.copyOf(popToMark()));
            case Opcodes.EMPTY_LIST -> pushNew(new ArrayList<>());
            case Opcodes.LIST -> pushNew(popToMark());
            case Opcodes.APPEND -> append(popItems(1));
            case Opcodes.APPENDS -> append(popToMark());
            case Opcodes.EMPTY_DICT -> pushNew(new LinkedHashMap<>());
            case Opcodes.DICT -> {
                List<@Nullable Object> items = popToMark();
                pushNew(new LinkedHashMap<>());
                put(items);
            }
            case Opcodes.SETITEM -> put(popItems(2));
            case Opcodes.SETITEMS -> put(popToMark());
            case Opcodes.EMPTY_SET -> pushNew(new LinkedHashSet<>());
            case Opcodes.ADDITEMS -> add(popToMark());
            case Opcodes.FROZENSET -> {
                List<@Nullable Object> items = popToMark();
                pushNew(new LinkedHashSet<>());
                add(items);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked")
    private void append(List<@Nullable Object> items) {
        if (!(top() instanceof ArrayList<?> list)) {
            throw bad("appends to " + describe(top()));
        }
        budget.spend((long) ITEM * items.size());
        ((List<@Nullable Object>) list).addAll(items);
    }

    @SuppressWarnings("unchecked")
    private void put(List<@Nullable Object> items) {
        if (!(top() instanceof Map<?, ?> map) || items.size() % 2 != 0) {
            throw bad("sets " + items.size() + " keys and values of " + describe(top()));
        }
        for (int i = 0; i < items.size(); i += 2) {
            budget.spend(PLACE);
            ((Map<Object, @Nullable Object>) map).put(key(items.get(i)), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private void add(List<@Nullable Object> items) {
        if (!(top() instanceof Set<?> set)) {
            throw bad("adds to " + describe(top()));
        }
        for (Object item : items) {
            budget.spend(PLACE);
            ((Set<Object>) set).add(key(item));
        }
    }

    /** Only values whose hash takes no time may be keys: a tuple of tuples of tuples could take for ever. */
    private Object key(@Nullable Object key) {
        return switch (key) {
            case String s -> s;
            case Long l -> l;
            case Double d -> d;
            case Boolean b -> b;
            case null, default -> throw bad("uses " + describe(key) + " as a key");
        };
    }

    private boolean memory(int opcode) {
        switch (opcode) {
            case Opcodes.POP -> popItems(1);
            case Opcodes.POP_MARK -> popToMark();
            case Opcodes.DUP -> push(top());
            case Opcodes.BINPUT -> remember(cursor.u8("a memo index"));
            case Opcodes.LONG_BINPUT -> remember(cursor.u32("a memo index"));
            case Opcodes.MEMOIZE -> remember(memo.size());
            case Opcodes.BINGET -> recall(cursor.u8("a memo index"));
            case Opcodes.LONG_BINGET -> recall(cursor.u32("a memo index"));
            case Opcodes.PROTO -> {
                int protocol = cursor.u8("the protocol");
                if (protocol > HIGHEST_PROTOCOL) {
                    throw bad("is of protocol " + protocol + ", newer than " + HIGHEST_PROTOCOL);
                }
            }
            case Opcodes.FRAME -> {
                long length = cursor.i64("a frame");
                if (length < 0 || length > cursor.remaining()) {
                    throw bad("has a frame of " + Long.toUnsignedString(length) + " bytes");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void remember(long index) {
        // Indexes count up by one for each of some bytes; a larger one only wants memory.
        if (index > cursor.position()) {
            throw bad("puts a value at place " + index + " of its memo");
        }
        budget.spend(ITEM);
        while (memo.size() <= index) {
            memo.add(NOTHING);
        }
        memo.set((int) index, top());
    }

    private void recall(long index) {
        if (index >= memo.size() || memo.get((int) index) == NOTHING) {
            throw bad("takes a value from place " + index + " of its memo, where none is");
        }
        push(memo.get((int) index));
    }

    private void call(int opcode) {
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = cursor.line(LONGEST_LINE, "a module's name");
                push(Global.find(source, module, cursor.line(LONGEST_LINE, "a name")));
            }
            case Opcodes.STACK_GLOBAL -> {
                List<@Nullable Object> names = popItems(2);
                if (!(names.get(0) instanceof String module && names.get(1) instanceof String name)) {
                    throw bad("names a class by something that is no text");
                }
                push(Global.find(source, module, name));
            }
            case Opcodes.REDUCE -> {
                List<@Nullable Object> call = popItems(2);
                if (!(call.get(0) instanceof Global function && call.get(1) instanceof Tuple arguments)) {
                    throw source.unsafe("its pickle calls " + describe(call.get(0)));
                }
                copied += arguments.isEmpty() ? 0 : size(arguments.getFirst());
                // What is copied was written once: copying more than was read means copying the same again and again.
                if (copied > cursor.position()) {
                    throw bad("copies one value many times");
                }
                pushNew(function.call(source, arguments));
            }
            case Opcodes.BUILD -> {
                popItems(1);
                // Ordered dictionaries of modules carry version numbers as an attribute; nothing needs them.
                if (!(top() instanceof Map)) {
                    throw source.unsafe("its pickle sets the state of " + describe(top()));
                }
            }
            case Opcodes.BINPERSID -> push(Global.storage(source, pop()));
            default ->
                throw source.unsafe(
                        String.format("its pickle uses the operation 0x%02x, which data does not need", opcode));
        }
    }

    private static int size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> 0;
        };
    }

    private void push(@Nullable Object value) {
        budget.spend(ITEM);
        stack.add(value);
    }

    private void pushNew(@Nullable Object container) {
        budget.spend(container instanceof TensorRef ? TENSOR : CONTAINER);
        push(container);
    }

    private void mark() {
        if (marks.size() == MAX_MARKS) {
            throw bad("is nested deeper than " + MAX_MARKS);
        }
        marks.add(stack.size());
    }

    private @Nullable Object pop() {
        return popItems(1).getFirst();
    }

    private @Nullable Object top() {
        if (stack.isEmpty()) {
            throw bad("takes from an empty stack");
        }
        return stack.getLast();
    }

    private List<@Nullable Object> popItems(int count) {
        int floor = marks.isEmpty() ? 0 : marks.getLast();
        if (stack.size() - count < floor) {
            throw bad("takes from an empty stack");
        }
        return take(stack.size() - count);
    }

    private List<@Nullable Object> popToMark() {
        if (marks.isEmpty()) {
            throw bad("looks for a mark and there is none");
        }
        return take(marks.removeLast());
    }

    private List<@Nullable Object> take(int from) {
        int count = stack.size() - from;
        budget.spend(CONTAINER / 4 + (long) ITEM * count);
        ArrayList<@Nullable Object> items = new ArrayList<>(count);
        for (int i = from; i < stack.size(); i++) {
            items.add(stack.get(i));
        }
        for (int i = 0; i < count; i++) {
            stack.removeLast();
        }
        return items;
    }

    static String describe(@Nullable Object value) {
        return value == null ? "None" : value instanceof Global global ? global.toString() : "a value of another kind";
    }

    private FormatException bad(String what) {
        return source.bad("its pickle " + what + ", at byte " + cursor.position());
    }
}
