package io.flambeau.conformance;

import io.flambeau.io.internal.json.Json;
import io.flambeau.tensor.TensorException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What became of one case.
 *
 * @param id the case
 * @param status passed, failed or skipped
 * @param reason why it did not pass; empty otherwise
 * @param difference the largest difference of a failed comparison; 0 where nothing was compared
 */
public record Outcome(String id, Status status, String reason, double difference) {
    /** Passed, failed, or not there to be run. */
    public enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** One line of JSON: id, status, and the reason unless it passed. */
    public String toJson() {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("id", new Json.Str(id));
        members.put("status", new Json.Str(status.name().toLowerCase(Locale.ROOT)));
        if (status != Status.PASSED) {
            members.put("reason", new Json.Str(reason));
        }
        return new Json.Obj(members).toString();
    }

    static Outcome passed(String id) {
        return new Outcome(id, Status.PASSED, "", 0);
    }

    static Outcome failed(String id, String reason, double difference) {
        return new Outcome(id, Status.FAILED, reason, difference);
    }

    static Outcome skipped(String id, String reason) {
        return new Outcome(id, Status.SKIPPED, reason, 0);
    }

    /** What a failure says, and where it happened if it is not one of ours. */
    static String describe(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        String at = e instanceof TensorException || trace.length == 0 ? "" : " at " + trace[0];
        return e.getClass().getSimpleName() + ": " + e.getMessage() + at;
    }
}
