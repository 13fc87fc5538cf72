package io.flambeau.cli.bench;

import io.flambeau.cli.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another JVM that runs a command of ours as this one would. */
final class Sibling {
    private Sibling() {}

    /** The words that start it, with flags added to this JVM's own; nothing where the system hides those. */
    static Optional<List<String>> command(List<String> flags, String... words) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        return info.command()
                .flatMap(java -> info.arguments().flatMap(ours -> command(java, List.of(ours), flags, words)));
    }

    static Optional<List<String>> command(String java, List<String> ours, List<String> flags, String... words) {
        int main = ours.indexOf(Main.class.getName());
        if (main < 0) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>();
        command.add(java);
        command.addAll(ours.subList(0, main));
        int classPath = Math.max(command.indexOf("-cp"), command.indexOf("-classpath"));
        command.addAll(classPath < 0 ? command.size() : classPath, flags);
        command.add(Main.class.getName());
        command.addAll(List.of(words));
        return Optional.of(command);
    }
}
