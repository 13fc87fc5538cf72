package io.flambeau.tensor.catalog;

import static io.flambeau.tensor.catalog.Entry.entry;

import io.flambeau.tensor.DType;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** Conversions between dtypes and devices, and reading values. */
final class CastCatalog {
    static final Catalog CATALOG = Catalog.of(
            "Conversions",
            entry(
                    "to(input, device: Str, dtype=None, non_blocking=False, copy=False)",
                    "x.to(device, dtype)",
                    a -> to(
                            a,
                            Device.of(a.text("device")),
                            a.dtype("dtype", a.tensor("input").dtype()))),
            entry(
                    "to(input, dtype: DType, non_blocking=False, copy=False)",
                    "x.to(dtype)",
                    a -> to(a, null, a.dtype("dtype"))),
            entry(
                    "to(input, other: Tensor, non_blocking=False, copy=False)",
                    "x.to(other.device(), other.dtype())",
                    a -> to(a, a.tensor("other").device(), a.tensor("other").dtype())),
            cast("bool", DType.BOOL),
            cast("byte", DType.U8),
            cast("char", DType.I8),
            cast("short", DType.I16),
            cast("int", DType.I32),
            cast("long", DType.I64),
            cast("half", DType.F16),
            cast("bfloat16", DType.BF16),
            cast("float", DType.F32),
            cast("double", DType.F64),
            cast("cfloat", DType.C64),
            cast("cdouble", DType.C128),
            entry(
                    "type_as(input, other)",
                    "x.to(other.dtype())",
                    a -> a.tensor("input").to(a.tensor("other").dtype())),
            entry("contiguous(input)", "x.contiguous()", a -> a.tensor("input").contiguous()),
            entry(
                    "clone(input, *, memory_format=None)",
                    "x.clone()",
                    a -> a.tensor("input").clone()),
            entry("detach(input)", "x.detach()", a -> a.tensor("input").detach()),
            entry("item(input)", "x.item()", a -> switch (a.tensor("input")
                    .dtype()
                    .category()) {
                case BOOL -> (Object) a.tensor("input").itemBoolean();
                case INTEGRAL -> a.tensor("input").itemLong();
                case FLOATING -> a.tensor("input").item();
                case COMPLEX -> a.tensor("input").itemComplex();
            }));

    private CastCatalog() {}

    private static Entry cast(String name, DType dtype) {
        return entry(
                name + "(input)",
                "x.to(" + dtype.name() + ")",
                a -> a.tensor("input").to(dtype));
    }

    private static Tensor to(Arguments a, @Nullable Device device, DType dtype) {
        Tensor x = a.tensor("input");
        Tensor y = device == null ? x.to(dtype) : x.to(device, dtype);
        return y == x && a.flag("copy") ? x.clone() : y;
    }
}
