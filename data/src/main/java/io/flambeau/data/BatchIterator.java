package io.flambeau.data;

import io.flambeau.tensor.Fault;
import io.flambeau.tensor.TensorException;
import io.flambeau.tensor.Tensors;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of one epoch in order, read ahead by workers: so many are under way as the workers may be ahead, and a
 * batch that was taken starts the next one. The epoch is over when {@link #hasNext} has said so.
 */
public final class BatchIterator<B> implements Iterator<B>, AutoCloseable {
    private final Epoch<B> epoch;
    private final int ahead;
    private final Consumer<Boolean> served;
    private final ReentrantLock drawing = new ReentrantLock();
    private final Queue<CompletableFuture<@Nullable B>> undrawn = new ConcurrentLinkedQueue<>();
    private final Deque<CompletableFuture<@Nullable B>> pending = new ArrayDeque<>();
    private final @Nullable ExecutorService workers;
    private volatile boolean closed;
    private long waited;

    /** @param served is told of every batch that was taken, by true, and of the end, by false */
    BatchIterator(Epoch<B> epoch, DataLoader.Options options, Consumer<Boolean> served) {
        this.epoch = epoch;
        this.served = served;
        this.ahead = Math.max(1, options.workers() * options.prefetch());
        this.workers = options.workers() == 0
                ? null
                : Executors.newFixedThreadPool(
                        options.workers(),
                        Thread.ofPlatform().daemon().name("flambeau-loader-", 0).factory());
        if (workers != null) {
            fill();
        }
    }

    private void fill() {
        while (!closed && pending.size() < ahead) {
            CompletableFuture<@Nullable B> slot = new CompletableFuture<>();
            pending.add(slot);
            undrawn.add(slot);
            if (workers == null) {
                work();
            } else {
                // The modes of the code that iterates hold in the workers too; what they make belongs to no scope.
                workers.execute(Tensors.capture(this::work));
            }
        }
    }

    /** Draws the next batch and makes it. Which slot a task fills is settled when it draws, so that they stay in order. */
    private void work() {
        Supplier<B> batch;
        CompletableFuture<@Nullable B> slot;
        drawing.lock();
        try {
            slot = undrawn.remove();
            try {
                batch = closed ? null : epoch.draw();
            } catch (RuntimeException | Error e) {
                slot.completeExceptionally(e);
                return;
            }
        } finally {
            drawing.unlock();
        }
        try {
            B made = batch == null ? null : batch.get();
            if (!slot.complete(made)) {
                discard(made);
            }
        } catch (RuntimeException | Error e) {
            slot.completeExceptionally(e);
        }
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            return false;
        }
        fill();
        CompletableFuture<@Nullable B> head = pending.element();
        await(head);
        if (!head.isCompletedExceptionally() && head.resultNow() == null) {
            close();
            served.accept(false);
            return false;
        }
        return true;
    }

    /**
     * @throws TensorException naming the sample, if one could not be read
     */
    @Override
    public B next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the epoch has no more batches");
        }
        CompletableFuture<@Nullable B> head = pending.remove();
        if (head.isCompletedExceptionally()) {
            close();
            switch (head.exceptionNow()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new TensorException("DataLoader", "a worker failed", Fault.DATA, cause);
            }
        }
        served.accept(true);
        if (workers != null) {
            fill();
        }
        return head.resultNow();
    }

    private void await(CompletableFuture<@Nullable B> slot) {
        if (slot.isDone()) {
            return;
        }
        LoaderWaitEvent event = new LoaderWaitEvent();
        event.begin();
        long start = System.nanoTime();
        try {
            slot.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TensorException("DataLoader", "interrupted while waiting for a batch", Fault.DATA, e);
        } catch (ExecutionException _) {
            // next() throws it.
        } finally {
            waited += System.nanoTime() - start;
            event.commit();
        }
    }

    /** How long the caller has waited for workers so far; without workers it reads itself and never waits. */
    public Duration waited() {
        return Duration.ofNanos(waited);
    }

    /** Stops the workers; batches that were read ahead and not taken are closed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (workers != null) {
            workers.shutdownNow();
        }
        for (CompletableFuture<@Nullable B> slot : pending) {
            if (!slot.cancel(false) && !slot.isCompletedExceptionally()) {
                discard(slot.resultNow());
            }
        }
        pending.clear();
        drawing.lock();
        try {
            epoch.close();
        } finally {
            drawing.unlock();
        }
    }

    private static void discard(@Nullable Object batch) {
        if (batch instanceof Batch made) {
            made.close();
        }
    }
}
