package io.flambeau.nn.catalog;

import io.flambeau.tensor.catalog.Catalog;
import io.flambeau.tensor.catalog.CatalogProvider;
import java.util.List;

/** All families of nn.functional. */
public final class FunctionalCatalogs implements CatalogProvider {
    @Override
    public List<Catalog> catalogs() {
        return List.of(
                ActivationCatalog.CATALOG,
                ConvolutionCatalog.CATALOG,
                PoolCatalog.CATALOG,
                NormCatalog.CATALOG,
                LossCatalog.CATALOG,
                AttentionCatalog.CATALOG,
                ImageCatalog.CATALOG);
    }
}
