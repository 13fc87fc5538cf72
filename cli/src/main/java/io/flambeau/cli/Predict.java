package io.flambeau.cli;

import io.flambeau.cli.train.Reading;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Classifies pictures with a trained network. */
final class Predict implements Command {
    @Override
    public String name() {
        return "predict";
    }

    @Override
    public String summary() {
        return "reads the digits in PNG pictures with a model that train made";
    }

    @Override
    public String operands() {
        return "IMAGE...";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("model", "FILE", "the model.safetensors of a run"),
                Option.flag("dark", "the pictures are dark on light, as on paper"));
    }

    @Override
    public int run(Arguments arguments, PrintStream out) throws IOException {
        Path model =
                arguments.path("model").orElseThrow(() -> new UsageException("--model: the model's file is needed"));
        if (arguments.operands().isEmpty()) {
            throw new UsageException("predict: name at least one picture");
        }
        Reading reading = new Reading(model);
        for (String image : arguments.operands()) {
            Reading.Answer answer = reading.read(Path.of(image), arguments.has("dark"));
            out.println(String.format(Locale.ROOT, "%s  %d  (%.1f %%)", image, answer.digit(), 100 * answer.share()));
        }
        return 0;
    }
}
