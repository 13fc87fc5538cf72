package io.flambeau.tensor.catalog;

import java.util.List;

/** Operations that another module adds to the catalogue, as {@link java.util.ServiceLoader} finds them. */
public interface CatalogProvider {
    List<Catalog> catalogs();
}
