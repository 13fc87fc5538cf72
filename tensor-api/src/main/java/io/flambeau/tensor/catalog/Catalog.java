package io.flambeau.tensor.catalog;

import java.util.List;

/**
 * The operations of one family.
 *
 * @param title the family, as documents head it
 * @param entries the call forms, those of one name in the order in which they are tried
 */
public record Catalog(String title, List<Entry> entries) {
    public static Catalog of(String title, Entry... entries) {
        return new Catalog(title, List.of(entries));
    }
}
