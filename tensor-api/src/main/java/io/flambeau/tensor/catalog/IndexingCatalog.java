package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.both;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Index;
import io.flambeau.tensor.Scalar;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Indexing, gathering, scattering, masks, order and search. */
final class IndexingCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Indexing and order",
            entry(
                    "__getitem__(input, index)",
                    "x.get(parts)",
                    a -> a.tensor("input").get(index(a))),
            entry(
                    "__setitem__(input, index, value)",
                    "x.set(value, parts)",
                    a -> a.isTensor("value")
                            ? a.tensor("input").set(a.tensor("value"), index(a))
                            : a.tensor("input").set(a.real("value"), index(a))),
            entry("where(condition, input, other)", "x.where(condition, other)", IndexingCatalog::where),
            entry(
                    "where(condition)",
                    "condition.nonzeroAsTuple()",
                    a -> a.tensor("condition").nonzeroAsTuple()),
            entry(
                    "gather(input, dim, index, *, sparse_grad=False)",
                    "x.gather(axis, index)",
                    a -> a.tensor("input").gather(a.axis("dim"), a.tensor("index"))),
            entry(
                            "scatter(input, dim, index, src, *, reduce=None)",
                            "x.scatter(axis, index, source)",
                            a -> scatter(a.tensor("input"), a))
                    .inPlace(a -> a.tensor("input").apply_(x -> scatter(x, a))),
            rows("scatter_add", "src", Tensor::scatterAdd, Tensor::scatterAdd_),
            reduced("scatter_reduce", "src", Tensor::scatterReduce, Tensor::scatterReduce_),
            entry(
                    "index_select(input, dim, index)",
                    "x.indexSelect(axis, index)",
                    a -> a.tensor("input").indexSelect(a.axis("dim"), a.tensor("index"))),
            both(
                    "index_add(input, dim, index, source, *, alpha=1)",
                    "x.indexAdd(axis, index, source, alpha)",
                    Tensor::indexAdd,
                    Tensor::indexAdd_,
                    (Added m, Arguments a) -> m.apply(
                            a.tensor("input"),
                            a.axis("dim"),
                            a.tensor("index"),
                            a.tensor("source"),
                            a.scalar("alpha"))),
            rows("index_copy", "source", Tensor::indexCopy, Tensor::indexCopy_),
            entry(
                            "index_fill(input, dim, index, value)",
                            "x.indexFill(axis, index, value)",
                            a -> a.isTensor("value")
                                    ? a.tensor("input").indexFill(a.axis("dim"), a.tensor("index"), a.tensor("value"))
                                    : a.tensor("input").indexFill(a.axis("dim"), a.tensor("index"), a.scalar("value")))
                    .inPlace(a -> a.isTensor("value")
                            ? a.tensor("input").indexFill_(a.axis("dim"), a.tensor("index"), a.tensor("value"))
                            : a.tensor("input").indexFill_(a.axis("dim"), a.tensor("index"), a.scalar("value"))),
            entry(
                            "index_put(input, indices, values, accumulate=False)",
                            "x.indexPut(indices, values, accumulate)",
                            a -> a.tensor("input")
                                    .indexPut(a.tensors("indices"), a.tensor("values"), a.flag("accumulate")))
                    .inPlace(a -> a.tensor("input")
                            .indexPut_(a.tensors("indices"), a.tensor("values"), a.flag("accumulate"))),
            reduced("index_reduce", "source", Tensor::indexReduce, Tensor::indexReduce_),
            entry("take(input, index)", "x.take(index)", a -> a.tensor("input").take(a.tensor("index"))),
            entry(
                            "put(input, index, source, accumulate=False)",
                            "x.put(index, source, accumulate)",
                            a -> a.tensor("input").put(a.tensor("index"), a.tensor("source"), a.flag("accumulate")))
                    .inPlace(a -> a.tensor("input").put_(a.tensor("index"), a.tensor("source"), a.flag("accumulate"))),
            entry(
                    "take_along_dim(input, indices, dim=None)",
                    "x.takeAlongDim(index, axis)",
                    a -> a.has("dim")
                            ? a.tensor("input").takeAlongDim(a.tensor("indices"), a.axis("dim"))
                            : a.tensor("input").takeAlongDim(a.tensor("indices"))),
            entry(
                            "masked_fill(input, mask, value)",
                            "x.maskedFill(mask, value)",
                            a -> a.isTensor("value")
                                    ? a.tensor("input").maskedFill(a.tensor("mask"), a.tensor("value"))
                                    : a.tensor("input").maskedFill(a.tensor("mask"), a.scalar("value")))
                    .inPlace(a -> a.isTensor("value")
                            ? a.tensor("input").maskedFill_(a.tensor("mask"), a.tensor("value"))
                            : a.tensor("input").maskedFill_(a.tensor("mask"), a.scalar("value"))),
            entry(
                    "masked_select(input, mask)",
                    "x.maskedSelect(mask)",
                    a -> a.tensor("input").maskedSelect(a.tensor("mask"))),
            entry(
                            "masked_scatter(input, mask, source)",
                            "x.maskedScatter(mask, source)",
                            a -> a.tensor("input").maskedScatter(a.tensor("mask"), a.tensor("source")))
                    .inPlace(a -> a.tensor("input").maskedScatter_(a.tensor("mask"), a.tensor("source"))),
            entry(
                    "nonzero(input, *, as_tuple=False)",
                    "x.nonzero()",
                    a -> a.flag("as_tuple")
                            ? a.tensor("input").nonzeroAsTuple()
                            : a.tensor("input").nonzero()),
            entry(
                    "nonzero_static(input, *, size, fill_value=-1)",
                    "x.nonzeroStatic(size, fill)",
                    a -> a.tensor("input").nonzeroStatic(a.integer("size"), a.integer("fill_value"))),
            entry("argwhere(input)", "x.nonzero()", a -> a.tensor("input").nonzero()),
            entry(
                    "unravel_index(indices, shape)",
                    "Tensors.unravelIndex(places, shape)",
                    a -> Tensors.unravelIndex(a.tensor("indices"), a.shape("shape"))),
            entry(
                    "sort(input, dim=-1, descending=False, stable=False)",
                    "x.sort(axis, descending)",
                    a -> a.tensor("input").sort(a.axis("dim"), a.flag("descending"))),
            entry(
                    "argsort(input, dim=-1, descending=False, stable=False)",
                    "x.argsort(axis, descending)",
                    a -> a.tensor("input").argsort(a.axis("dim"), a.flag("descending"))),
            unary("msort", Tensor::msort),
            entry(
                    "topk(input, k, dim=-1, largest=True, sorted=True)",
                    "x.topk(k, axis, largest)",
                    a -> a.tensor("input").topk(a.integer("k"), a.axis("dim"), a.flag("largest"))),
            entry(
                    "unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)",
                    "x.unique(axis)",
                    a -> kinds(
                            a,
                            a.has("dim")
                                    ? a.tensor("input").unique(a.axis("dim"))
                                    : a.tensor("input").unique())),
            entry(
                    "unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)",
                    "x.uniqueConsecutive(axis)",
                    a -> kinds(
                            a,
                            a.has("dim")
                                    ? a.tensor("input").uniqueConsecutive(a.axis("dim"))
                                    : a.tensor("input").uniqueConsecutive())),
            entry(
                    "searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None)",
                    "sequence.searchsorted(values, right)",
                    IndexingCatalog::searchsorted),
            entry(
                    "bucketize(input, boundaries, *, out_int32=False, right=False)",
                    "x.bucketize(boundaries, right)",
                    a -> narrowed(a, a.tensor("input").bucketize(a.tensor("boundaries"), a.flag("right")))),
            entry(
                    "isin(elements, test_elements)",
                    "x.isin(others)",
                    a -> a.tensor("elements").isin(a.tensor("test_elements"))));

    private IndexingCatalog() {}

    private interface Rows {
        Tensor apply(Tensor x, int axis, Tensor index, Tensor source);
    }

    private interface Added {
        Tensor apply(Tensor x, int axis, Tensor index, Tensor source, Scalar alpha);
    }

    private interface Reduced {
        Tensor apply(Tensor x, int axis, Tensor index, Tensor source, String reduction, boolean includeSelf);
    }

    private static Entry rows(String name, String source, Rows method, Rows inPlace) {
        return both(
                name + "(input, dim, index, " + source + ")",
                "x." + Entry.camel(name) + "(axis, index, source)",
                method,
                inPlace,
                (m, a) -> m.apply(a.tensor("input"), a.axis("dim"), a.tensor("index"), a.tensor(source)));
    }

    private static Entry reduced(String name, String source, Reduced method, Reduced inPlace) {
        return both(
                name + "(input, dim, index, " + source + ", reduce, *, include_self=True)",
                "x." + Entry.camel(name) + "(axis, index, source, reduction, includeSelf)",
                method,
                inPlace,
                (m, a) -> m.apply(
                        a.tensor("input"),
                        a.axis("dim"),
                        a.tensor("index"),
                        a.tensor(source),
                        a.text("reduce"),
                        a.flag("include_self")));
    }

    /** The parts of {@code x[index]}: those of a tuple, or the one; lists of integers are tensors. */
    private static Index[] index(Arguments a) {
        Object value = a.value("index");
        boolean tuple = value instanceof List<?> list && !list.stream().allMatch(e -> e instanceof Long);
        List<@Nullable Object> parts = new ArrayList<>();
        if (tuple) {
            parts.addAll((List<?>) value);
        } else {
            parts.add(value);
        }
        Index[] index = new Index[parts.size()];
        for (int i = 0; i < index.length; i++) {
            index[i] = part(a, parts.get(i));
        }
        return index;
    }

    private static Index part(Arguments a, @Nullable Object value) {
        return switch (value) {
            case null -> Index.newAxis();
            case Index part -> part;
            case Long place -> Index.at(place);
            case List<?> list
            when list.stream().allMatch(e -> e instanceof Long) ->
                Tensors.of(list.stream().mapToLong(e -> (Long) e).toArray(), list.size());
            default -> throw a.wrong("index", "an index", value);
        };
    }

    private static Tensor where(Arguments a) {
        Tensor condition = a.tensor("condition").to(DType.BOOL);
        if (a.isTensor("input") && a.isTensor("other")) {
            return a.tensor("input").where(condition, a.tensor("other"));
        }
        Tensor x = a.isTensor("input") ? a.tensor("input") : Tensors.scalar(a.scalar("input"));
        Tensor y = a.isTensor("other") ? a.tensor("other") : Tensors.scalar(a.scalar("other"));
        return x.where(condition, y);
    }

    private static Tensor scatter(Tensor x, Arguments a) {
        Tensor index = a.tensor("index");
        Scalar value = a.isTensor("src") ? null : a.scalar("src");
        Tensor source = value == null ? a.tensor("src") : x.newFull(index.shape(), value);
        if (!a.has("reduce")) {
            return x.scatter(a.axis("dim"), index, source);
        }
        return switch (a.text("reduce")) {
            case "add" -> x.scatterReduce(a.axis("dim"), index, source, "sum", true);
            case "multiply" -> x.scatterReduce(a.axis("dim"), index, source, "prod", true);
            default -> throw a.wrong("reduce", "add or multiply", a.value("reduce"));
        };
    }

    private static Object kinds(Arguments a, Tensor[] found) {
        List<Tensor> wanted = new ArrayList<>();
        wanted.add(found[0]);
        if (a.flag("return_inverse")) {
            wanted.add(found[1]);
        }
        if (a.flag("return_counts")) {
            wanted.add(found[2]);
        }
        return wanted.size() == 1 ? found[0] : wanted;
    }

    private static Tensor searchsorted(Arguments a) {
        Tensor sequence = a.tensor("sorted_sequence");
        if (a.has("sorter")) {
            sequence = sequence.rank() == 0 ? sequence : sequence.gather(-1, a.tensor("sorter"));
        }
        Tensor values = a.isTensor("input") ? a.tensor("input") : sequence.newFull(Shape.SCALAR, a.scalar("input"));
        boolean right = a.has("side") ? a.text("side").equals("right") : a.flag("right");
        return narrowed(a, sequence.searchsorted(values, right));
    }

    private static Tensor narrowed(Arguments a, Tensor index) {
        return a.flag("out_int32") ? index.to(DType.I32) : index;
    }
}
