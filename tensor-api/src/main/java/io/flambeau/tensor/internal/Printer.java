package io.flambeau.tensor.internal;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.GradientException;
import io.flambeau.tensor.ReleasedException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.op.HostArray;
import io.flambeau.tensor.spi.Access;
import io.flambeau.tensor.spi.History;
import io.flambeau.tensor.spi.Modes;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints tensors as PyTorch does with its default options: four digits, lines of 80 characters, and only the ends of
 * the axes where there are more than 1,000 elements. Dtypes are named without {@code torch.}.
 *
 * <p>See <a href="https://docs.pytorch.org/docs/stable/generated/torch.set_printoptions.html">set_printoptions</a>.
 */
public final class Printer {
    private static final String PREFIX = "tensor(";
    private static final String NONE = "[]";
    private static final String UNKNOWN = "...";
    private static final String RELEASED = "released";
    private static final int LINE = 80;
    private static final Access DOOR = Access.door();

    private Printer() {}

    /** The text of a tensor; never throws, so that debuggers and messages may call it. */
    public static String print(Tensor x) {
        List<String> notes = new ArrayList<>();
        if (DOOR.symbol(x) == null && !x.device().equals(Dispatch.defaultDevice())) {
            notes.add("device='" + x.device() + "'");
        }
        String body = body(x);
        boolean valueless = body.equals(NONE) || body.equals(UNKNOWN) || body.equals(RELEASED);
        if (valueless && !(body.equals(NONE) && x.rank() == 1)) {
            notes.add("size=" + tuple(x.shape()));
        }
        if (x.dtype() != Dispatch.defaultFloat() && (valueless || !isUsual(x.dtype()))) {
            notes.add("dtype=" + x.dtype());
        }
        String history = history(x);
        if (!history.isEmpty()) {
            notes.add(history);
        }
        return annotated(PREFIX + body, notes);
    }

    /** The elements in brackets, or one of the words for a tensor without any to show. */
    private static String body(Tensor x) {
        if (DOOR.symbol(x) != null) {
            return UNKNOWN;
        }
        if (x.count() == 0) {
            return NONE;
        }
        try {
            Backends.Target target = Backends.of(x.device());
            HostArray elements = Modes.DEFAULT.call(() -> Excerpt.read(DOOR.view(x, "toString"), target));
            return new Text(x.shape(), elements).of(0, 0, PREFIX.length());
        } catch (ReleasedException e) {
            return RELEASED;
        }
    }

    private static String history(Tensor x) {
        try {
            History history = DOOR.history(x);
            if (history == null) {
                return "";
            }
            String operation = history.operation();
            return operation.isEmpty() ? "requires_grad=True" : "grad_fn=<" + gradient(operation) + ">";
        } catch (GradientException e) {
            // A view whose base was overwritten in a way that cannot be followed.
            return "grad_fn=<Invalid>";
        }
    }

    private static boolean isUsual(DType dtype) {
        DType floating = Dispatch.defaultFloat();
        return dtype == floating || dtype == floating.toComplex() || dtype == DType.I64 || dtype == DType.BOOL;
    }

    private static String tuple(Shape shape) {
        String sizes = shape.toString();
        String inner = sizes.substring(1, sizes.length() - 1);
        return "(" + inner + (shape.rank() == 1 ? ",)" : ")");
    }

    private static String gradient(String operation) {
        return Character.toUpperCase(operation.charAt(0)) + operation.substring(1) + "Backward0";
    }

    /** Adds notes and the closing bracket; a note that would pass the line's end starts a new line. */
    private static String annotated(String text, List<String> notes) {
        StringBuilder all = new StringBuilder(text);
        int line = text.length() - text.lastIndexOf('\n') + 1;
        for (String note : notes) {
            if (line + note.length() + 2 > LINE) {
                all.append(",\n").append(" ".repeat(PREFIX.length())).append(note);
                line = PREFIX.length() + note.length();
            } else {
                all.append(", ").append(note);
                line += note.length() + 2;
            }
        }
        return all.append(')').toString();
    }

    /** Elements laid out in nested brackets and lines. */
    private static final class Text {
        private final Shape full;
        private final Shape shown;
        private final HostArray elements;
        private final Column real;
        private final Column imaginary;

        Text(Shape full, HostArray elements) {
            this.full = full;
            this.shown = elements.shape();
            this.elements = elements;
            boolean complex = elements.dtype().isComplex();
            this.real = Column.of(elements, 0, complex ? 2 : 1);
            this.imaginary = complex ? Column.of(elements, 1, 2) : real;
        }

        /**
         * The part from an element on, with the axes from one on, at an indent.
         *
         * @param first the part's first element among those shown
         */
        String of(int axis, int first, int indent) {
            if (axis == full.rank()) {
                return element(first);
            }
            List<String> parts = new ArrayList<>();
            int step = (int) shown.range(axis + 1, shown.rank()).count();
            for (int i = 0; i < shown.size(axis); i++) {
                if (i == Excerpt.EDGE && shown.size(axis) < full.size(axis)) {
                    parts.add(axis == full.rank() - 1 ? " ..." : "...");
                }
                parts.add(of(axis + 1, first + i * step, indent + 1));
            }
            return "[" + (axis == full.rank() - 1 ? lines(parts, indent) : blocks(parts, axis, indent)) + "]";
        }

        private String blocks(List<String> parts, int axis, int indent) {
            return String.join("," + "\n".repeat(full.rank() - axis - 1) + " ".repeat(indent + 1), parts);
        }

        private String lines(List<String> parts, int indent) {
            int width = real.width() + 2 + (elements.dtype().isComplex() ? imaginary.width() + 1 : 0);
            int perLine = Math.max(1, (LINE - indent) / width);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < parts.size(); i++) {
                if (i > 0) {
                    text.append(i % perLine == 0 ? ",\n" + " ".repeat(indent + 1) : ", ");
                }
                text.append(parts.get(i));
            }
            return text.toString();
        }

        private String element(int i) {
            if (!elements.dtype().isComplex()) {
                return real.at(i);
            }
            String im = imaginary.at(i).stripLeading();
            return real.at(i) + (im.startsWith("-") ? "" : "+") + im + "j";
        }
    }
}
