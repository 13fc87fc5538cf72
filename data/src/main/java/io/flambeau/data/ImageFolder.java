package io.flambeau.data;

import io.flambeau.io.Images;
import io.flambeau.tensor.Fault;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures in folders, one folder for each class: {@code root/cat/1.png}, {@code root/dog/2.jpg}. A sample is the
 * picture, uint8 of shape [channels, height, width], and its class, int64.
 *
 * {@snippet :
 * ImageFolder pets = ImageFolder.of(Path.of("pets"), Images.Mode.RGB);
 * pets.classes();         // [cat, dog]
 * Tensor cat = pets.get(0)[0];
 * }
 *
 * <p>Classes are numbered in the order of their names, as in torchvision. Hidden files and files that are no pictures by
 * their names are left out; pictures are opened when they are asked for.
 */
public final class ImageFolder implements Dataset<Tensor[]> {
    private static final String OPERATION = "ImageFolder.of";
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "gif", "bmp");
    private static final int DEEPEST = 32;

    private final Images.Mode mode;
    private final List<String> classes = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();

    private ImageFolder(Images.Mode mode) {
        this.mode = mode;
    }

    /**
     * Finds the pictures of a folder.
     *
     * @throws FormatException if there is no such folder, it has no classes, one of them has no pictures, or its links
     *     lead round in circles
     */
    public static ImageFolder of(Path root, Images.Mode mode) {
        ImageFolder found = new ImageFolder(mode);
        try {
            for (Path folder : visible(root, 1)) {
                if (Files.isDirectory(folder)) {
                    found.addClass(folder);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            Throwable cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
            throw new FormatException(
                    OPERATION,
                    "cannot read " + root + ": " + cause + "; check the path, its permissions and its links",
                    Fault.FILE_IO,
                    cause);
        }
        if (found.classes.isEmpty()) {
            throw new FormatException(
                    OPERATION, root + " has no folders; put the pictures of each class into one", Fault.BAD_FILE);
        }
        return found;
    }

    private void addClass(Path folder) throws IOException {
        int before = files.size();
        for (Path file : visible(folder, DEEPEST)) {
            String name = file.getFileName().toString();
            String suffix = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (PICTURES.contains(suffix) && Files.isRegularFile(file)) {
                files.add(file);
                labels.add(classes.size());
            }
        }
        if (files.size() == before) {
            throw new FormatException(
                    OPERATION,
                    "class folder " + folder + " has no pictures; remove it, or add PNG, JPEG, GIF or BMP files",
                    Fault.BAD_FILE);
        }
        classes.add(folder.getFileName().toString());
    }

    /** What is in a folder, sorted; nothing hidden, nor anything in hidden folders. */
    private static List<Path> visible(Path folder, int depth) throws IOException {
        try (Stream<Path> all = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(path -> !path.equals(folder))
                    .filter(path -> {
                        for (Path part : folder.relativize(path)) {
                            if (part.toString().startsWith(".")) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .sorted()
                    .toList();
        }
    }

    /** The names of the classes, by their numbers. */
    public List<String> classes() {
        return List.copyOf(classes);
    }

    /** Where a sample lies. */
    public Path file(int index) {
        return files.get(index);
    }

    @Override
    public int size() {
        return files.size();
    }

    /**
     * The picture at an index and its class.
     *
     * @throws FormatException if it is damaged or too large, naming the file
     */
    @Override
    public Tensor[] get(int index) {
        return new Tensor[] {
            Images.read(files.get(index), mode),
            Tensors.scalar(labels.get(index).longValue())
        };
    }
}
