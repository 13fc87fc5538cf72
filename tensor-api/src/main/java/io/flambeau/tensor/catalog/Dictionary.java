package io.flambeau.tensor.catalog;

import java.util.List;

/** The dictionary from PyTorch's names to ours, written from the catalogue. */
public final class Dictionary {
    private static final String HEAD = """
        # From PyTorch to Flambeau

        Every operation under PyTorch's name, with its form here. Names are PyTorch's in camelCase; `x` is the first
        argument, `axes` are varargs, `keep` is `keepdim`. Operators of Python are methods: `x + y` is `x.add(y)`,
        `x[0, 1:5]` is `x.get(at(0), slice(1, 5))`, `x[mask] = 0` is `x.set(0, mask)`.

        This file is written from the catalogue of operations; a test keeps it current.
        """;

    private Dictionary() {}

    /** The dictionary of these families as a Markdown document. */
    public static String markdown(List<Catalog> catalogs) {
        StringBuilder text = new StringBuilder(HEAD);
        for (Catalog catalog : catalogs) {
            text.append("\n## ").append(catalog.title()).append("\n\n| PyTorch | Flambeau |\n|---|---|\n");
            for (Entry entry : catalog.entries()) {
                text.append("| `")
                        .append(cell(entry.signature().text()))
                        .append("` | `")
                        .append(cell(entry.java()))
                        .append("` |\n");
            }
        }
        return text.toString();
    }

    private static String cell(String code) {
        return code.replace("|", "\\|");
    }
}
