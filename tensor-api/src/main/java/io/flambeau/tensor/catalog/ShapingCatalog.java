package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.both;
import static io.flambeau.tensor.catalog.Entry.entry;
import static io.flambeau.tensor.catalog.Entry.unary;

import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Shapes, views, pieces and repetition. */
final class ShapingCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Shapes and views",
            entry(
                    "reshape(input, *shape)",
                    "x.reshape(sizes)",
                    a -> a.tensor("input").reshape(a.sizes("shape"))),
            entry(
                    "view(input, dtype: DType)",
                    "x.view(dtype)",
                    a -> a.tensor("input").view(a.dtype("dtype"))),
            entry("view(input, *shape)", "x.view(sizes)", a -> a.tensor("input").view(a.sizes("shape"))),
            entry(
                    "reshape_as(input, other)",
                    "x.reshapeAs(other)",
                    a -> a.tensor("input").reshapeAs(a.tensor("other"))),
            entry(
                    "view_as(input, other)",
                    "x.viewAs(other)",
                    a -> a.tensor("input").viewAs(a.tensor("other"))),
            entry(
                    "expand(input, *sizes)",
                    "x.expand(sizes)",
                    a -> a.tensor("input").expand(a.sizes("sizes"))),
            entry(
                    "expand_as(input, other)",
                    "x.expandAs(other)",
                    a -> a.tensor("input").expandAs(a.tensor("other"))),
            entry(
                    "broadcast_to(input, size)",
                    "x.broadcastTo(sizes)",
                    a -> a.tensor("input").broadcastTo(a.sizes("size"))),
            entry(
                    "sum_to_size(input, *size)",
                    "x.sumToSize(sizes)",
                    a -> a.tensor("input").sumToSize(a.sizes("size"))),
            unary("ravel", Tensor::ravel),
            entry(
                    "flatten(input, start_dim=0, end_dim=-1)",
                    "x.flatten(start, end)",
                    a -> a.tensor("input").flatten(a.axis("start_dim"), a.axis("end_dim"))),
            entry(
                    "unflatten(input, dim, sizes)",
                    "x.unflatten(axis, sizes)",
                    a -> a.tensor("input").unflatten(a.axis("dim"), a.sizes("sizes"))),
            unary("squeeze", Tensor::squeeze, Tensor::squeeze_),
            entry("squeeze(input, dim)", "x.squeeze(axes)", ShapingCatalog::squeeze)
                    .inPlace(ShapingCatalog::squeezeInPlace),
            entry(
                            "unsqueeze(input, dim)",
                            "x.unsqueeze(axis)",
                            a -> a.tensor("input").unsqueeze(a.axis("dim")))
                    .inPlace(a -> a.tensor("input").unsqueeze_(a.axis("dim"))),
            entry(
                    "permute(input, *dims)",
                    "x.permute(axes)",
                    a -> a.tensor("input").permute(a.axes("dims"))),
            swapping("transpose", "dim", Tensor::transpose, Tensor::transpose_),
            swapping("swapaxes", "axis", Tensor::swapaxes, Tensor::swapaxes_),
            entry(
                    "movedim(input, source, destination)",
                    "x.movedim(from, to)",
                    a -> a.tensor("input").movedim(a.axes("source"), a.axes("destination"))),
            unary("t", Tensor::t, Tensor::t_),
            entry("T(input)", "x.t()", a -> reversed(a.tensor("input"))),
            entry(
                    "H(input)",
                    "x.mH()",
                    a -> a.tensor("input").rank() == 0
                            ? a.tensor("input")
                            : a.tensor("input").mH()),
            unary("mT", Tensor::mT),
            unary("mH", Tensor::mH),
            atleast("atleast_1d", "x.atleast1d()", Tensor::atleast1d),
            atleast("atleast_2d", "x.atleast2d()", Tensor::atleast2d),
            atleast("atleast_3d", "x.atleast3d()", Tensor::atleast3d),
            entry(
                    "narrow(input, dim, start, length)",
                    "x.narrow(axis, start, length)",
                    a -> a.tensor("input").narrow(a.axis("dim"), a.integer("start"), a.integer("length"))),
            entry(
                    "select(input, dim, index)",
                    "x.select(axis, index)",
                    a -> a.tensor("input").select(a.axis("dim"), a.integer("index"))),
            entry(
                    "slice(input, dim=0, start=None, end=None, step=1)",
                    "x.slice(axis, start, end, step)",
                    a -> a.tensor("input")
                            .slice(
                                    a.axis("dim"),
                                    a.has("start") ? a.integer("start") : 0,
                                    a.has("end") ? a.integer("end") : Long.MAX_VALUE,
                                    a.integer("step"))),
            entry(
                    "split(input, split_size_or_sections, dim=0)",
                    "x.split(size, axis)",
                    a -> a.isList("split_size_or_sections")
                            ? a.tensor("input").splitWithSizes(a.axis("dim"), a.sizes("split_size_or_sections"))
                            : a.tensor("input").split(a.integer("split_size_or_sections"), a.axis("dim"))),
            entry(
                    "split_with_sizes(input, split_sizes, dim=0)",
                    "x.splitWithSizes(axis, sizes)",
                    a -> a.tensor("input").splitWithSizes(a.axis("dim"), a.sizes("split_sizes"))),
            entry(
                    "chunk(input, chunks, dim=0)",
                    "x.chunk(pieces, axis)",
                    a -> a.tensor("input").chunk(a.axis("chunks"), a.axis("dim"))),
            entry(
                    "unbind(input, dim=0)",
                    "x.unbind(axis)",
                    a -> a.tensor("input").unbind(a.axis("dim"))),
            entry(
                    "tensor_split(input, indices_or_sections, dim=0)",
                    "x.tensorSplit(pieces, axis)",
                    a -> tensorSplit(a)),
            entry(
                    "hsplit(input, indices_or_sections)",
                    "x.hsplit(pieces)",
                    a -> a.isList("indices_or_sections")
                            ? a.tensor("input").hsplit(a.sizes("indices_or_sections"))
                            : a.tensor("input").hsplit(a.integer("indices_or_sections"))),
            entry(
                    "vsplit(input, indices_or_sections)",
                    "x.vsplit(pieces)",
                    a -> a.isList("indices_or_sections")
                            ? a.tensor("input").vsplit(a.sizes("indices_or_sections"))
                            : a.tensor("input").vsplit(a.integer("indices_or_sections"))),
            entry(
                    "dsplit(input, indices_or_sections)",
                    "x.dsplit(pieces)",
                    a -> a.isList("indices_or_sections")
                            ? a.tensor("input").dsplit(a.sizes("indices_or_sections"))
                            : a.tensor("input").dsplit(a.integer("indices_or_sections"))),
            entry(
                    "unfold(input, dimension, size, step)",
                    "x.unfold(axis, size, step)",
                    a -> a.tensor("input").unfold(a.axis("dimension"), a.integer("size"), a.integer("step"))),
            both(
                    "as_strided(input, size, stride, storage_offset=0)",
                    "x.asStrided(shape, strides, offset)",
                    Tensor::asStrided,
                    Tensor::asStrided_,
                    (Layout m, Arguments a) -> m.apply(
                            a.tensor("input"), a.shape("size"), a.sizes("stride"), a.integer("storage_offset"))),
            unary("view_as_real", Tensor::viewAsReal),
            unary("view_as_complex", Tensor::viewAsComplex),
            entry(
                    "repeat(input, *sizes)",
                    "x.repeat(times)",
                    a -> a.tensor("input").repeat(a.sizes("sizes"))),
            entry("tile(input, *dims)", "x.tile(times)", a -> a.tensor("input").tile(a.sizes("dims"))),
            entry(
                    "repeat_interleave(input, repeats, dim=None, *, output_size=None)",
                    "x.repeatInterleave(times, axis)",
                    ShapingCatalog::repeatInterleave),
            entry("flip(input, *dims)", "x.flip(axes)", a -> a.tensor("input").flip(a.axes("dims"))),
            unary("fliplr", Tensor::fliplr),
            unary("flipud", Tensor::flipud),
            entry(
                    "roll(input, shifts, dims=())",
                    "x.roll(shifts, axes)",
                    a -> a.tensor("input").roll(a.sizes("shifts"), a.axes("dims"))),
            entry("rot90(input, k=1, dims=(0, 1))", "x.rot90(quarters, first, second)", ShapingCatalog::rot90),
            triangle("tril", Tensor::tril, Tensor::tril_),
            triangle("triu", Tensor::triu, Tensor::triu_),
            entry(
                    "fill_diagonal_(input, fill_value)",
                    "x.fillDiagonal_(value)",
                    a -> a.tensor("input").fillDiagonal_(a.scalar("fill_value"))),
            entry(
                    "diag(input, diagonal=0)",
                    "x.diag(offset)",
                    a -> a.tensor("input").diag(a.integer("diagonal"))),
            entry(
                    "diagflat(input, offset=0)",
                    "x.diagflat(offset)",
                    a -> a.tensor("input").diagflat(a.integer("offset"))),
            entry(
                    "diag_embed(input, offset=0, dim1=-2, dim2=-1)",
                    "x.diagEmbed(offset, row, column)",
                    a -> a.tensor("input").diagEmbed(a.integer("offset"), a.axis("dim1"), a.axis("dim2"))),
            entry(
                    "diagonal(input, offset=0, dim1=0, dim2=1)",
                    "x.diagonal(offset, row, column)",
                    a -> a.tensor("input").diagonal(a.integer("offset"), a.axis("dim1"), a.axis("dim2"))),
            unary("trace", Tensor::trace),
            entry(
                    "diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)",
                    "x.diagonalScatter(source, offset, row, column)",
                    a -> a.tensor("input")
                            .diagonalScatter(a.tensor("src"), a.integer("offset"), a.axis("dim1"), a.axis("dim2"))),
            entry(
                    "select_scatter(input, src, dim, index)",
                    "x.selectScatter(source, axis, index)",
                    a -> a.tensor("input").selectScatter(a.tensor("src"), a.axis("dim"), a.integer("index"))),
            entry(
                    "slice_scatter(input, src, dim=0, start=None, end=None, step=1)",
                    "x.sliceScatter(source, axis, start, end, step)",
                    a -> a.tensor("input")
                            .sliceScatter(
                                    a.tensor("src"),
                                    a.axis("dim"),
                                    a.has("start") ? a.integer("start") : 0,
                                    a.has("end") ? a.integer("end") : Long.MAX_VALUE,
                                    a.integer("step"))),
            entry(
                    "constant_pad_nd(input, pad, value=0)",
                    "x.constantPad(pad, value)",
                    a -> a.tensor("input").constantPad(a.sizes("pad"), a.scalar("value"))),
            entry(
                    "cat(tensors, dim=0)",
                    "Tensors.cat(axis, tensors)",
                    a -> Tensors.cat(a.axis("dim"), a.tensors("tensors"))),
            entry(
                    "stack(tensors, dim=0)",
                    "Tensors.stack(axis, tensors)",
                    a -> Tensors.stack(a.axis("dim"), a.tensors("tensors"))),
            entry("hstack(tensors)", "Tensors.hstack(tensors)", a -> Tensors.hstack(a.tensors("tensors"))),
            entry("vstack(tensors)", "Tensors.vstack(tensors)", a -> Tensors.vstack(a.tensors("tensors"))),
            entry("dstack(tensors)", "Tensors.dstack(tensors)", a -> Tensors.dstack(a.tensors("tensors"))),
            entry(
                    "column_stack(tensors)",
                    "Tensors.columnStack(tensors)",
                    a -> Tensors.columnStack(a.tensors("tensors"))),
            entry("block_diag(*tensors)", "Tensors.blockDiag(blocks)", a -> Tensors.blockDiag(a.tensors("tensors"))),
            entry(
                    "broadcast_tensors(*tensors)",
                    "Tensors.broadcastTensors(tensors)",
                    a -> Tensors.broadcastTensors(a.tensors("tensors"))),
            entry("broadcast_shapes(*shapes)", "Tensors.broadcastShapes(shapes)", ShapingCatalog::broadcastShapes),
            entry(
                    "meshgrid(*tensors, indexing='ij')",
                    "Tensors.meshgrid(indexing, vectors)",
                    a -> Tensors.meshgrid(a.text("indexing"), a.tensors("tensors"))),
            entry(
                    "cartesian_prod(*tensors)",
                    "Tensors.cartesianProd(vectors)",
                    a -> Tensors.cartesianProd(a.tensors("tensors"))),
            entry(
                    "combinations(input, r=2, with_replacement=False)",
                    "Tensors.combinations(vector, count, replacement)",
                    a -> Tensors.combinations(a.tensor("input"), a.axis("r"), a.flag("with_replacement"))));

    private ShapingCatalog() {}

    /** PyTorch takes one tensor or many. */
    private static Entry atleast(String name, String java, UnaryOperator<Tensor> method) {
        return entry(
                name + "(*tensors)",
                java,
                a -> a.list("tensors").size() == 1
                        ? method.apply(a.tensors("tensors")[0])
                        : Arrays.stream(a.tensors("tensors")).map(method).toList());
    }

    private interface Swap {
        Tensor apply(Tensor x, int first, int second);
    }

    private interface Layout {
        Tensor apply(Tensor x, Shape shape, long[] strides, long offset);
    }

    private static Entry swapping(String name, String axis, Swap method, Swap inPlace) {
        return both(
                name + "(input, " + axis + "0, " + axis + "1)",
                "x." + name + "(first, second)",
                method,
                inPlace,
                (m, a) -> m.apply(a.tensor("input"), a.axis(axis + "0"), a.axis(axis + "1")));
    }

    private static Entry triangle(
            String name, BiFunction<Tensor, Long, Tensor> method, BiFunction<Tensor, Long, Tensor> inPlace) {
        return both(
                name + "(input, diagonal=0)",
                "x." + name + "(offset)",
                method,
                inPlace,
                (m, a) -> m.apply(a.tensor("input"), a.integer("diagonal")));
    }

    private static Tensor squeezeInPlace(Arguments a) {
        int[] axes = a.axes("dim");
        return axes.length == 0 ? a.tensor("input") : a.tensor("input").squeeze_(axes);
    }

    private static Tensor squeeze(Arguments a) {
        int[] axes = a.axes("dim");
        return axes.length == 0 ? a.tensor("input") : a.tensor("input").squeeze(axes);
    }

    private static Tensor reversed(Tensor x) {
        int[] order = new int[x.rank()];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
        }
        return x.permute(order);
    }

    private static Tensor[] tensorSplit(Arguments a) {
        Tensor x = a.tensor("input");
        if (a.isTensor("indices_or_sections") && a.tensor("indices_or_sections").rank() > 0) {
            return x.tensorSplit(a.tensor("indices_or_sections").toLongArray(), a.axis("dim"));
        }
        return a.isList("indices_or_sections")
                ? x.tensorSplit(a.sizes("indices_or_sections"), a.axis("dim"))
                : x.tensorSplit(a.axis("indices_or_sections"), a.axis("dim"));
    }

    private static Tensor repeatInterleave(Arguments a) {
        Tensor x = a.has("dim") ? a.tensor("input") : a.tensor("input").reshape(-1);
        int axis = a.has("dim") ? a.axis("dim") : 0;
        return a.isTensor("repeats")
                ? x.repeatInterleave(a.tensor("repeats"), axis)
                : x.repeatInterleave(a.integer("repeats"), axis);
    }

    private static Tensor rot90(Arguments a) {
        int[] axes = a.axes("dims");
        if (axes.length != 2) {
            throw a.wrong("dims", "two axes", a.value("dims"));
        }
        return a.tensor("input").rot90(a.axis("k"), axes[0], axes[1]);
    }

    private static List<Long> broadcastShapes(Arguments a) {
        List<Shape> shapes = new ArrayList<>();
        for (Object shape : a.list("shapes")) {
            long[] sizes = shape instanceof List<?> list
                    ? list.stream().mapToLong(size -> (Long) size).toArray()
                    : new long[] {(Long) shape};
            shapes.add(Shape.of(sizes));
        }
        long[] sizes = Tensors.broadcastShapes(shapes.toArray(new Shape[0])).sizes();
        return Arrays.stream(sizes).boxed().toList();
    }
}
