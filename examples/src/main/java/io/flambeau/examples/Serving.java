package io.flambeau.examples;

import io.flambeau.nn.Predictor;
import io.flambeau.nn.Sequential;
import io.flambeau.nn.layer.Linear;
import io.flambeau.nn.layer.ReLU;
import io.flambeau.tensor.Scope;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One model that answers many threads at once. */
public final class Serving {
    private Serving() {}

    private static Sequential model() {
        return new Sequential(new Linear(3, 8), new ReLU(), new Linear(8, 2));
    }

    private static int answer(Predictor<Sequential> predictor, float... question) {
        try (Scope _ = Scope.open("request")) {
            Tensor scores = predictor.call(Tensors.of(question, 1, 3));
            return (int) scores.argmax(1).itemLong();
        }
    }

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        Sequential trained = model();
        Predictor<Sequential> predictor = Predictor.of(Serving::model, trained.stateDict());
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                float x = i % 10;
                answers.add(requests.submit(() -> answer(predictor, x, 1, -x)));
            }
        }
        int equal = 0;
        for (int i = 0; i < answers.size(); i++) {
            equal += answers.get(i).get().equals(answers.get(i % 10).get()) ? 1 : 0;
        }
        System.out.println(equal + " of " + answers.size() + " equal questions got equal answers");
    }
}
