package io.flambeau.backend.clike;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Spec;
import io.flambeau.tensor.op.Pointwise;
import io.flambeau.tensor.spi.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Elementwise functions by the C expressions that operations carry. The constants of an enum, whose expressions are all
 * known, are compiled together, others one by one.
 */
final class Functions {
    private record Key(Pointwise op, Kind kind) {}

    private final Map<Key, Program.Kernel> kernels = new ConcurrentHashMap<>();

    /** Whether there is an expression for inputs of these specs. */
    static boolean has(Pointwise op, Spec[] inputs) {
        DType first = inputs[0].dtype();
        boolean equal = !text(op, Kind.of(first)).isEmpty();
        DType[] dtypes = new DType[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            dtypes[i] = inputs[i].dtype();
            equal &= dtypes[i] == first;
        }
        DType result = op.result(dtypes);
        return equal
                && (result == first
                        || result == first.toReal()
                        || result.category() == DType.Category.BOOL
                        || result.isIntegral());
    }

    private static String text(Pointwise op, Kind kind) {
        return kind == Kind.COMPLEX64 || kind == Kind.COMPLEX128 ? op.complexC() : op.c();
    }

    /** Whether an operation is the API's own, whose constants are compiled together. */
    static boolean isOurs(Pointwise op) {
        return op instanceof Enum<?> && op.getClass().getName().startsWith(Pointwise.class.getPackageName() + ".");
    }

    void run(Station s, Pointwise op, View[] inputs, View out) {
        View[] views = new View[inputs.length + 1];
        System.arraycopy(inputs, 0, views, 0, inputs.length);
        views[inputs.length] = out;
        Nest nest = Nest.of(views);
        if (nest.count() == 0) {
            return;
        }
        Program.Kernel kernel =
                kernels.computeIfAbsent(new Key(op, Kind.of(inputs[0].dtype())), key -> compile(s, key.op, key.kind));
        do {
            Arguments a = Arguments.begin();
            for (View view : views) {
                a.buffer((Memory) view.storage().slab().handle());
            }
            s.launch(kernel, nest.count(), nest.to(a));
        } while (nest.next());
    }

    private static Program.Kernel compile(Station s, Pointwise op, Kind kind) {
        if (!(op instanceof Enum<?> constant)) {
            String text = Bundle.source("pointwise.cl") + op.functions() + line("pointwise", op, kind);
            return s.program("pointwise " + op, kind, text).kernel("pointwise");
        }
        StringBuilder text = new StringBuilder(Bundle.source("pointwise.cl") + op.functions());
        for (Enum<?> each : constant.getDeclaringClass().getEnumConstants()) {
            Pointwise other = (Pointwise) each;
            if (!text(other, kind).isEmpty() && isDefined(other, kind)) {
                text.append(line(name(each), other, kind));
            }
        }
        String title = constant.getDeclaringClass().getSimpleName();
        return s.program(title, kind, text.toString()).kernel(name(constant));
    }

    private static boolean isDefined(Pointwise op, Kind kind) {
        List<DType> dtypes = switch (kind) {
            case INTEGER -> List.of(DType.I64, DType.BOOL);
            case DOUBLE -> List.of(DType.F64);
            case COMPLEX64, COMPLEX128 -> List.of(DType.C64);
            default -> List.of(DType.F32);
        };
        return dtypes.stream().anyMatch(op::isDefined);
    }

    private static String name(Enum<?> constant) {
        return "pointwise_" + constant.name().toLowerCase(Locale.ROOT);
    }

    private static String line(String name, Pointwise op, Kind kind) {
        return "POINTWISE" + op.arity() + "(" + name + ", (" + text(op, kind) + "))\n";
    }
}
