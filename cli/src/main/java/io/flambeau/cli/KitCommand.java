package io.flambeau.cli;

import io.flambeau.io.internal.AtomicFile;
import io.flambeau.io.internal.json.Json;
import io.flambeau.tck.Kit;
import io.flambeau.tck.Law;
import io.flambeau.tck.Profile;
import io.flambeau.tensor.Device;
import io.flambeau.tensor.Tensors;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** {@code kit}: the conformance kit for backends, on any device and without a test framework. */
final class KitCommand implements Command {
    private static final int PASSED = 0;
    private static final int FAILED = 1;
    private static final int EXCLUDED = 2;

    @Override
    public String name() {
        return "kit";
    }

    @Override
    public String summary() {
        return "checks that a device keeps the laws of the conformance kit";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("device", "DEVICE", "which, for example opencl:0; the default device"),
                new Option("profile", "NAME", "only one of core, vision, transformer and full"),
                new Option("only", "TEXT", "only operations with this text in their names"),
                new Option("every", "N", "only each so manieth operation"),
                new Option("report", "FILE", "writes counts and failures as JSON"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) {
        Device device = arguments.text("device").map(Device::of).orElseGet(Tensors::defaultDevice);
        Map<Law, int[]> counts = new EnumMap<>(Law.class);
        List<Json> failures = new ArrayList<>();
        Kit.of(device).run(profiles(arguments), operations(arguments), found -> {
            int[] count = counts.computeIfAbsent(found.law(), law -> new int[3]);
            count[PASSED] += found.passed();
            count[FAILED] += found.failures().size();
            count[EXCLUDED] += found.excluded().size();
            for (String failure : found.failures()) {
                failures.add(new Json.Str(found.law().describe() + ": " + failure));
                out.println(found.law().describe() + ": " + failure);
            }
        });
        Map<String, Json> laws = new LinkedHashMap<>();
        counts.forEach((law, n) -> {
            String text = n[PASSED] + " passed, " + n[FAILED] + " failed, " + n[EXCLUDED] + " excluded";
            out.println(law.describe() + ": " + text);
            laws.put(law.describe(), new Json.Str(text));
        });
        arguments.path("report").ifPresent(file -> {
            Json report = new Json.Obj(Map.of(
                    "device", new Json.Str(device.toString()),
                    "laws", new Json.Obj(laws),
                    "failures", new Json.Arr(failures)));
            byte[] text = report.toString().getBytes(StandardCharsets.UTF_8);
            AtomicFile.write("kit", file, channel -> channel.write(ByteBuffer.wrap(text)));
        });
        if (counts.isEmpty()) {
            throw new UsageException("kit: no operation is left to check");
        }
        return failures.isEmpty() ? 0 : 1;
    }

    private static Predicate<Profile> profiles(Arguments arguments) {
        String name = arguments.text("profile").orElse("");
        if (name.isEmpty()) {
            return profile -> true;
        }
        Profile only = Arrays.stream(Profile.values())
                .filter(profile -> profile.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("kit: there is no profile '" + name + "'"));
        return profile -> profile == only;
    }

    private static Predicate<String> operations(Arguments arguments) {
        String only = arguments.text("only").orElse("");
        int every = arguments.integer("every", 1);
        if (every < 1) {
            throw new UsageException("--every: " + every + " is not positive");
        }
        int[] seen = {0};
        return name -> name.contains(only) && seen[0]++ % every == 0;
    }
}
