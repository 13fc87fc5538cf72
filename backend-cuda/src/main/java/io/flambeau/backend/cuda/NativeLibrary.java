package io.flambeau.backend.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A shared library, never unloaded, whose functions are looked up when they are first called: a function that this
 * release of the library lacks hurts only who calls it.
 */
final class NativeLibrary {
    private static final Linker LINKER = Linker.nativeLinker();

    private final String place;
    private final SymbolLookup symbols;
    private final Map<String, MethodHandle> functions = new ConcurrentHashMap<>();

    private NativeLibrary(String place, SymbolLookup symbols) {
        this.place = place;
        this.symbols = symbols;
    }

    /** Opens a library by a path, or by a name that the system's loader looks up. */
    static Optional<NativeLibrary> open(String place) {
        try {
            return Optional.of(new NativeLibrary(place, SymbolLookup.libraryLookup(place, Arena.global())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The path or name by which it was opened. */
    String place() {
        return place;
    }

    boolean has(String function) {
        return symbols.find(function).isPresent();
    }

    /** A function for calls where every nanosecond counts. */
    MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(address(name), type);
    }

    /**
     * Calls a function that answers a status. Its C type is read off the arguments of the first call, which later ones
     * must repeat: int, long, float, double, or an address.
     */
    int call(String name, Object... arguments) {
        MethodHandle handle = functions.get(name);
        if (handle == null) {
            handle = function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts(arguments)))
                    .asSpreader(Object[].class, arguments.length)
                    .asType(MethodType.methodType(int.class, Object[].class));
            functions.put(name, handle);
        }
        try {
            return (int) handle.invokeExact(arguments);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Calls a function from a status to a text; the fallback if the library has none. */
    String text(String name, int status) {
        if (!has(name)) {
            return "status " + status;
        }
        try {
            MemorySegment text =
                    (MemorySegment) function(name, FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT))
                            .invokeExact(status);
            return text.address() == 0 ? "status " + status : string(text);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A text that ends with a zero. */
    static String string(MemorySegment text) {
        return text.reinterpret(Integer.MAX_VALUE).getString(0);
    }

    /** Native functions throw nothing; what comes is an error of this JVM or of our types. */
    static Error unexpected(Throwable e) {
        return e instanceof Error error ? error : new AssertionError(e);
    }

    private MemorySegment address(String name) {
        return symbols.find(name).orElseThrow(() -> new UnsatisfiedLinkError(place + " has no function " + name));
    }

    private static MemoryLayout[] layouts(Object[] arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Integer _ -> ValueLayout.JAVA_INT;
                case Long _ -> ValueLayout.JAVA_LONG;
                case Float _ -> ValueLayout.JAVA_FLOAT;
                case Double _ -> ValueLayout.JAVA_DOUBLE;
                case MemorySegment _ -> ValueLayout.ADDRESS;
                default -> throw new IllegalArgumentException("no C type for " + arguments[i].getClass());
            };
        }
        return layouts;
    }
}
