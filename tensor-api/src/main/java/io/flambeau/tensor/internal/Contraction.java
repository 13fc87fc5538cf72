package io.flambeau.tensor.internal;

import io.flambeau.tensor.ArgumentException;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.ShapeException;
import io.flambeau.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Sums of products over named axes, as products of matrices. */
public final class Contraction {
    private Contraction() {}

    /** See {@link io.flambeau.tensor.Matrices#tensordot}. */
    public static Tensor tensordot(Tensor x, Tensor y, int[] axes, int[] otherAxes) {
        if (axes.length != otherAxes.length) {
            throw new ArgumentException(
                    "tensordot",
                    "there are " + axes.length + " axes on the left and " + otherAxes.length + " on the right",
                    Fault.BAD_ARGUMENT);
        }
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < x.rank(); i++) {
            left.append((char) ('a' + i));
        }
        StringBuilder right = new StringBuilder();
        for (int i = 0; i < y.rank(); i++) {
            right.append((char) ('A' + i));
        }
        for (int i = 0; i < axes.length; i++) {
            int a = x.shape().axis("tensordot", axes[i]);
            int b = y.shape().axis("tensordot", otherAxes[i]);
            if (x.size(a) != y.size(b) && x.size(a) != 1 && y.size(b) != 1) {
                throw new ShapeException(
                        "tensordot",
                        "axis " + axes[i] + " of " + x.shape() + " and axis " + otherAxes[i] + " of " + y.shape()
                                + " have different sizes",
                        Fault.SHAPE_MISMATCH);
            }
            right.setCharAt(b, left.charAt(a));
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < left.length(); i++) {
            if (right.indexOf(left.substring(i, i + 1)) < 0) {
                out.append(left.charAt(i));
            }
        }
        for (int i = 0; i < right.length(); i++) {
            if (right.charAt(i) < 'a') {
                out.append(right.charAt(i));
            }
        }
        return pair("tensordot", x, left.toString(), y, right.toString(), out.toString());
    }

    /**
     * Einstein's summation convention.
     *
     * @see io.flambeau.tensor.Tensors#einsum
     */
    public static Tensor einsum(String equation, Tensor... operands) {
        String text = equation.replace(" ", "");
        int arrow = text.indexOf("->");
        String[] inputs = (arrow < 0 ? text : text.substring(0, arrow)).split(",", -1);
        if (inputs.length != operands.length) {
            throw new ArgumentException(
                    "einsum",
                    "'" + equation + "' names " + inputs.length + " operands, there are " + operands.length,
                    Fault.BAD_ARGUMENT);
        }
        int ellipsis = 0;
        for (int i = 0; i < inputs.length; i++) {
            int named = inputs[i].replace("...", "").length();
            if (inputs[i].contains("...")) {
                ellipsis = Math.max(ellipsis, operands[i].rank() - named);
            } else if (named != operands[i].rank()) {
                throw new ShapeException(
                        "einsum",
                        "'" + inputs[i] + "' names " + named + " axes, operand " + i + " has shape "
                                + operands[i].shape(),
                        Fault.SHAPE_MISMATCH);
            }
        }
        // The axes of the ellipsis get private letters, aligned at the end so that they broadcast.
        String hidden = "";
        for (int i = 0; i < ellipsis; i++) {
            hidden += (char) (0x3B1 + i);
        }
        List<String> labels = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < inputs.length; i++) {
            int own = operands[i].rank() - inputs[i].replace("...", "").length();
            String label = inputs[i].replace("...", hidden.substring(Math.max(hidden.length() - own, 0)));
            labels.add(label);
            all.append(label);
        }
        String out =
                arrow >= 0 ? text.substring(arrow + 2).replace("...", hidden) : hidden + once(all.toString(), hidden);
        check(equation, all.toString(), out);
        Tensor result = diagonals(operands[0], labels.get(0));
        String current = distinct(labels.get(0));
        for (int i = 1; i < operands.length; i++) {
            StringBuilder needed = new StringBuilder(out);
            for (int j = i + 1; j < operands.length; j++) {
                needed.append(labels.get(j));
            }
            Tensor next = diagonals(operands[i], labels.get(i));
            String label = distinct(labels.get(i));
            String kept = kept(current + label, needed.toString());
            result = pair("einsum", result, current, next, label, kept);
            current = kept;
        }
        return arranged(result, current, out);
    }

    private static void check(String equation, String all, String out) {
        for (int i = 0; i < out.length(); i++) {
            if (all.indexOf(out.charAt(i)) < 0 || out.indexOf(out.charAt(i)) != i) {
                throw new ArgumentException(
                        "einsum",
                        "the output of '" + equation + "' names '" + out.charAt(i)
                                + "', which is in no operand or named twice",
                        Fault.BAD_ARGUMENT);
            }
        }
        for (int i = 0; i < all.length(); i++) {
            if (!Character.isLetter(all.charAt(i))) {
                throw new ArgumentException(
                        "einsum", "'" + all.charAt(i) + "' in '" + equation + "' is no letter", Fault.BAD_ARGUMENT);
            }
        }
    }

    /** The letters that occur once, in alphabetical order, capital ones first. */
    private static String once(String all, String hidden) {
        StringBuilder found = new StringBuilder();
        all.chars()
                .filter(c -> all.indexOf(c) == all.lastIndexOf(c) && hidden.indexOf(c) < 0)
                .sorted()
                .forEach(c -> found.append((char) c));
        return found.toString();
    }

    private static String distinct(String label) {
        return kept(label, label);
    }

    /** The letters of one text that occur in another, each once, in order. */
    private static String kept(String of, String in) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < of.length(); i++) {
            if (of.indexOf(of.charAt(i)) == i && in.indexOf(of.charAt(i)) >= 0) {
                kept.append(of.charAt(i));
            }
        }
        return kept.toString();
    }

    /** Axes of one letter as their diagonal, so that each letter names one axis, in order of appearance. */
    private static Tensor diagonals(Tensor x, String label) {
        Tensor y = x;
        StringBuilder now = new StringBuilder(label);
        for (int i = 0; i < now.length(); i++) {
            int other = now.lastIndexOf(now.substring(i, i + 1));
            while (other > i) {
                if (y.size(i) != y.size(other)) {
                    throw new ShapeException(
                            "einsum",
                            "'" + now.charAt(i) + "' names axes of different sizes in shape " + x.shape(),
                            Fault.SHAPE_MISMATCH);
                }
                y = y.diagonal(0, i, other).movedim(-1, i);
                now.deleteCharAt(other);
                other = now.lastIndexOf(now.substring(i, i + 1));
            }
        }
        return y;
    }

    private static Tensor arranged(Tensor x, String labels, String out) {
        Tensor y = x;
        StringBuilder now = new StringBuilder(labels);
        for (int i = now.length() - 1; i >= 0; i--) {
            if (out.indexOf(now.charAt(i)) < 0) {
                y = y.sum(i);
                now.deleteCharAt(i);
            }
        }
        int[] order = new int[out.length()];
        for (int i = 0; i < order.length; i++) {
            order[i] = now.indexOf(out.substring(i, i + 1));
        }
        return y.permute(order);
    }

    /** The sum of products of two operands over the letters that the output lacks. */
    private static Tensor pair(String operation, Tensor x, String left, Tensor y, String right, String out) {
        StringBuilder batch = new StringBuilder();
        StringBuilder summed = new StringBuilder();
        StringBuilder rows = new StringBuilder();
        StringBuilder columns = new StringBuilder();
        Tensor a = x;
        Tensor b = y;
        for (int i = left.length() - 1; i >= 0; i--) {
            char c = left.charAt(i);
            boolean both = right.indexOf(c) >= 0;
            if (!both && out.indexOf(c) < 0) {
                a = a.sum(true, i);
            }
            (both ? out.indexOf(c) >= 0 ? batch : summed : rows).insert(0, c);
        }
        for (int i = right.length() - 1; i >= 0; i--) {
            char c = right.charAt(i);
            if (left.indexOf(c) < 0) {
                if (out.indexOf(c) < 0) {
                    b = b.sum(true, i);
                }
                columns.insert(0, c);
            }
        }
        // Sums of small integers are wider.
        if (x.dtype() == y.dtype()) {
            DType dtype = DType.promote(a.dtype(), b.dtype());
            a = a.to(dtype);
            b = b.to(dtype);
        }
        // Sizes of 1 broadcast against the other operand's.
        String shared = batch.toString() + summed;
        for (int i = 0; i < shared.length(); i++) {
            int p = left.indexOf(shared.charAt(i));
            int q = right.indexOf(shared.charAt(i));
            if (a.size(p) != b.size(q)) {
                if (a.size(p) != 1 && b.size(q) != 1) {
                    throw new ShapeException(
                            operation,
                            "'" + shared.charAt(i) + "' names an axis of " + a.size(p) + " and one of " + b.size(q)
                                    + " elements, in shapes " + x.shape() + " and " + y.shape(),
                            Fault.SHAPE_MISMATCH);
                }
                a = a.expand(a.shape().with(p, Math.max(a.size(p), b.size(q))));
                b = b.expand(b.shape().with(q, a.size(p)));
            }
        }
        Shape batchShape = sizes(a, left, batch);
        Shape rowShape = sizes(a, left, rows);
        Shape columnShape = sizes(b, right, columns);
        long inner = sizes(a, left, summed).count();
        Tensor m =
                ordered(a, left, batch.toString() + rows + summed).reshape(batchShape.count(), rowShape.count(), inner);
        Tensor n = ordered(b, right, batch.toString() + summed + columns)
                .reshape(batchShape.count(), inner, columnShape.count());
        Tensor product = m.bmm(n).reshape(batchShape.concat(rowShape).concat(columnShape));
        return arranged(product, batch.toString() + rows + columns, out);
    }

    private static Shape sizes(Tensor x, String labels, CharSequence wanted) {
        long[] sizes = new long[wanted.length()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = x.size(labels.indexOf(wanted.charAt(i)));
        }
        return Shape.of(sizes);
    }

    private static Tensor ordered(Tensor x, String labels, String wanted) {
        int[] order = new int[wanted.length()];
        for (int i = 0; i < order.length; i++) {
            order[i] = labels.indexOf(wanted.charAt(i));
        }
        return x.permute(order);
    }
}
