package io.flambeau.tck.sample;

import static io.flambeau.tck.Input.any;
import static io.flambeau.tck.Input.indices;
import static io.flambeau.tck.Input.nonzero;
import static io.flambeau.tck.Input.whole;

import io.flambeau.tck.Input;
import io.flambeau.tck.Sample;
import io.flambeau.tensor.op.Gather;
import io.flambeau.tensor.op.Scatter;
import io.flambeau.tensor.op.Sort;
import io.flambeau.tensor.op.TopK;
import io.flambeau.tensor.op.embedding.Embedding;
import io.flambeau.tensor.op.embedding.EmbeddingBackward;
import io.flambeau.tensor.op.index.Nonzero;
import io.flambeau.tensor.op.index.RepeatIndices;
import io.flambeau.tensor.op.index.SearchSorted;
import io.flambeau.tensor.op.index.Unique;
import io.flambeau.tensor.op.index.WrapIndex;
import java.util.List;

/** Elements picked, placed and ordered. */
public final class IndexSamples {
    private IndexSamples() {}

    public static void addTo(List<Sample> all) {
        Input some = indices(new long[] {0, 2, 1, 1, 0, 2}, 2, 3);
        Input unique = indices(new long[] {2, 0, 1, 1, 2, 0}, 2, 3);
        all.add(Sample.of(new Gather(0), any(3, 4), some));
        all.add(Sample.of(new Gather(1), any(3, 4), some));
        all.add(Sample.of(new Gather(0), any(3), indices(new long[0], 0)));
        for (Scatter.Kind kind : Scatter.Kind.values()) {
            all.add(Sample.of(new Scatter(kind, 0), nonzero(3, 4), unique, nonzero(2, 3)));
            all.add(Sample.of(new Scatter(kind, 1), nonzero(3, 4), some, nonzero(2, 4))
                    .withoutGradient());
        }
        all.add(Sample.of(new Sort(false), any(3, 5)));
        all.add(Sample.of(new Sort(true), any(3, 5)));
        all.add(Sample.of(new Sort(false), whole(4, 40)).withoutGradient());
        all.add(Sample.of(new Sort(true), whole(4, 40)).withoutGradient());
        all.add(Sample.of(new Sort(true), any(3, 0)));
        all.add(Sample.of(new Sort(false), any(0, 3)));
        all.add(Sample.of(new TopK(2, true), any(3, 5)));
        all.add(Sample.of(new TopK(3, false), any(3, 5)));
        all.add(Sample.of(new TopK(7, true), whole(4, 90)).withoutGradient());
        all.add(Sample.of(new TopK(40, false), whole(4, 90)).withoutGradient());
        all.add(Sample.of(new TopK(40, true), whole(2, 300)).withoutGradient());
        all.add(Sample.of(new TopK(0, true), any(3, 4)));
        all.add(Sample.of(new Embedding(-1, false), any(4, 3), some));
        all.add(Sample.of(new EmbeddingBackward(4, -1, false), any(2, 3, 2), some));
        all.add(Sample.of(new EmbeddingBackward(4, 1, true), any(2, 3, 2), some));
        all.add(Sample.of(new WrapIndex("gather", 0, 3), indices(new long[] {-1, 2, 0, -3}, 4)));
        all.add(Sample.of(Nonzero.NONZERO, whole(3, 4)));
        all.add(Sample.of(RepeatIndices.REPEAT_INDICES, indices(new long[] {2, 0, 3}, 3)));
        Input ascending = Input.of(new double[] {-2, -1, -1, 0, 2}, 5);
        all.add(Sample.of(new SearchSorted(false), ascending, whole(2, 3)));
        all.add(Sample.of(new SearchSorted(true), ascending, whole(2, 3)));
        all.add(Sample.of(new Unique(true), whole(9, 2)));
        all.add(Sample.of(new Unique(false), whole(9, 1)));
    }
}
