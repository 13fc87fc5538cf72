package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import java.util.Arrays;
import java.util.List;

/** What a tensor says about itself, and its part in gradients. */
final class PropertyCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Properties and gradients",
            entry("dim(input)", "x.rank()", a -> (long) a.tensor("input").rank()),
            entry("ndim(input)", "x.rank()", a -> (long) a.tensor("input").rank()),
            entry("ndimension(input)", "x.rank()", a -> (long) a.tensor("input").rank()),
            entry("numel(input)", "x.count()", a -> a.tensor("input").count()),
            entry("nelement(input)", "x.count()", a -> a.tensor("input").count()),
            entry(
                    "size(input)",
                    "x.shape()",
                    a -> boxed(a.tensor("input").shape().sizes())),
            entry("size(input, dim)", "x.size(axis)", a -> a.tensor("input").size(a.axis("dim"))),
            entry("stride(input)", "x.strides()", a -> boxed(a.tensor("input").strides())),
            entry(
                    "storage_offset(input)",
                    "x.storageOffset()",
                    a -> a.tensor("input").storageOffset()),
            entry("element_size(input)", "x.dtype().bytes()", a ->
                    (long) a.tensor("input").dtype().bytes()),
            entry(
                    "is_contiguous(input)",
                    "x.isContiguous()",
                    a -> a.tensor("input").isContiguous()),
            entry(
                    "is_floating_point(input)",
                    "x.dtype().isFloating()",
                    a -> a.tensor("input").dtype().isFloating()),
            entry(
                    "is_complex(input)",
                    "x.dtype().isComplex()",
                    a -> a.tensor("input").dtype().isComplex()),
            entry("is_signed(input)", "x.dtype().min()", a -> {
                DType dtype = a.tensor("input").dtype();
                return dtype.isDifferentiable() || dtype.min() < 0;
            }),
            entry("is_nonzero(input)", "x.itemBoolean()", a -> a.tensor("input").itemBoolean()),
            entry(
                    "is_same_size(input, other)",
                    "x.shape().equals(other.shape())",
                    a -> a.tensor("input").shape().equals(a.tensor("other").shape())),
            entry(
                    "promote_types(type1, type2)",
                    "DType.promote(a, b)",
                    a -> DType.promote(dtype(a, "type1"), dtype(a, "type2"))),
            entry(
                    "requires_grad_(input, requires_grad=True)",
                    "x.requiresGrad(true)",
                    a -> a.tensor("input").requiresGrad(a.flag("requires_grad"))),
            entry("retain_grad(input)", "x.retainGrad()", a -> a.tensor("input").retainGrad()),
            entry("detach_(input)", "x.detach_()", a -> a.tensor("input").detach_()),
            entry("backward(input, gradient=None, retain_graph=False, create_graph=False)", "x.backward()", a -> {
                boolean create = a.flag("create_graph");
                a.tensor("input").backward(a.optionalTensor("gradient"), a.flag("retain_graph") || create, create);
                return null;
            }));

    private PropertyCatalog() {}

    private static List<Long> boxed(long[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static DType dtype(Arguments a, String name) {
        return a.dtype(name, DType.F32);
    }
}
