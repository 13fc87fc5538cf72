package io.flambeau.tensor.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations of one family.
 *
 * @param title the family, as documents head it
 * @param entries the call forms, those of one name in the order in which they are tried
 */
public record Catalog(String title, List<Entry> entries) {
    /** The entries, each followed by its form in place. */
    public static Catalog of(String title, Entry... entries) {
        List<Entry> all = new ArrayList<>();
        for (Entry entry : entries) {
            all.add(entry);
            if (entry.inPlace() != null) {
                all.add(entry.inPlace());
            }
        }
        return new Catalog(title, List.copyOf(all));
    }
}
