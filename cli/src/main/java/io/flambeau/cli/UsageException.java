package io.flambeau.cli;

/** What the user typed makes no sense; the message says why. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
