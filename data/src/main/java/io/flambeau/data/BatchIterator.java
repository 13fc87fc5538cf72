package io.flambeau.data;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch in order, read ahead by workers: so many tasks are under way as the workers may be ahead,
 * and a batch that was taken starts the next one.
 */
public final class BatchIterator<B> implements Iterator<B>, AutoCloseable {
    private final IntFunction<B> source;
    private final int end;
    private final int ahead;
    private final IntConsumer served;
    private final Deque<FutureTask<B>> pending = new ArrayDeque<>();
    private final @Nullable ExecutorService workers;
    private int next;
    private int started;

    BatchIterator(IntFunction<B> source, int first, int end, int workers, int prefetch, IntConsumer served) {
        this.source = source;
        this.end = end;
        this.served = served;
        this.next = first;
        this.started = first;
        this.ahead = workers * prefetch;
        this.workers = workers == 0 || first >= end
                ? null
                : Executors.newFixedThreadPool(
                        workers,
                        Thread.ofPlatform().daemon().name("flambeau-loader-", 0).factory());
        fill();
    }

    private void fill() {
        while (workers != null && started < end && started - next < ahead) {
            int batch = started++;
            // The modes of the code that iterates hold in the workers too; what they make belongs to no scope.
            FutureTask<B> task = new FutureTask<>(() -> source.apply(batch));
            pending.add(task);
            workers.execute(Tensors.capture(task));
        }
    }

    @Override
    public boolean hasNext() {
        return next < end;
    }

    /**
     * @throws TensorException naming the sample, if one could not be read
     */
    @Override
    public B next() {
        if (next >= end) {
            throw new NoSuchElementException("the epoch has " + end + " batches");
        }
        B batch;
        try {
            batch = workers == null ? source.apply(next) : await();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        next++;
        served.accept(next);
        if (next == end) {
            close();
        } else {
            fill();
        }
        return batch;
    }

    private B await() {
        FutureTask<B> task = pending.remove();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TensorException("DataLoader", "interrupted while waiting for a batch", Fault.DATA, e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new TensorException("DataLoader", "a worker failed", Fault.DATA, e);
            }
        }
    }

    /** Stops the workers; batches that were read ahead and not taken are closed. */
    @Override
    public void close() {
        if (workers != null) {
            workers.shutdownNow();
            for (FutureTask<B> task : pending) {
                task.cancel(false);
                if (task.state() == FutureTask.State.SUCCESS && task.resultNow() instanceof Batch batch) {
                    batch.close();
                }
            }
            pending.clear();
        }
    }
}
