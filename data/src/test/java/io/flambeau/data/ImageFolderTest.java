package io.flambeau.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flambeau.io.Images;
import io.flambeau.io.Text;
import io.flambeau.tensor.DType;
import io.flambeau.tensor.FormatException;
import io.flambeau.tensor.Shape;
import io.flambeau.tensor.Tensor;
import io.flambeau.tensor.Tensors;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path root;

    private void picture(String path, int level) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        byte[] pixels = {(byte) level, (byte) level, (byte) level, (byte) level, (byte) level, (byte) level};
        Images.writePng(file, Tensors.fromMemory(MemorySegment.ofArray(pixels), DType.U8, 2, 3));
    }

    private void refused(String message) {
        assertThatThrownBy(() -> ImageFolder.of(root, Images.Mode.GRAY))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith("ImageFolder.of: ")
                .hasMessageContaining(message);
    }

    @Test
    void findsPicturesByClass() throws IOException {
        picture("dog/b.PNG", 30);
        picture("dog/a.png", 20);
        picture("cat/deep/er/x.png", 10);
        picture("cat/.hidden/y.png", 99);
        Files.writeString(root.resolve("dog/.DS_Store"), "junk");
        Files.writeString(root.resolve("dog/readme.txt"), "junk");
        Files.writeString(root.resolve("stray.png"), "junk");
        Files.createDirectories(root.resolve(".git"));
        ImageFolder pets = ImageFolder.of(root, Images.Mode.GRAY);
        assertThat(pets.classes()).containsExactly("cat", "dog");
        assertThat(pets.size()).isEqualTo(3);
        int[] levels = {10, 20, 30};
        int[] labels = {0, 1, 1};
        for (int i = 0; i < 3; i++) {
            Tensor[] sample = pets.get(i);
            assertThat(sample[0].shape()).isEqualTo(Shape.of(1, 2, 3));
            assertThat(sample[0].toByteArray()).containsOnly(levels[i]);
            assertThat(sample[1].itemLong()).isEqualTo(labels[i]);
        }
    }

    @Test
    void refusesFoldersThatAreNone() throws IOException {
        refused("has no folders");
        picture("cat/x.png", 1);
        Files.createDirectories(root.resolve("dog"));
        Files.writeString(root.resolve("dog/readme.txt"), "junk");
        refused("dog has no pictures");
        assertThatThrownBy(() -> ImageFolder.of(root.resolve("none"), Images.Mode.RGB))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("FB-502");
    }

    @Test
    void refusesLinksThatLeadRoundInCircles() throws IOException {
        picture("cat/x.png", 1);
        Files.createSymbolicLink(root.resolve("cat/again"), root.resolve("cat"));
        refused("FileSystemLoopException");
    }

    @Test
    void refusesFoldersThatCannotBeRead() throws IOException {
        picture("cat/x.png", 1);
        Path locked = Files.createDirectories(root.resolve("cat/locked"));
        assumeTrue(locked.toFile().setReadable(false) && !Files.isReadable(locked), "this user may read every folder");
        refused("AccessDeniedException");
    }

    @Test
    void namesTheFileThatIsDamaged() throws IOException {
        picture("cat/x.png", 1);
        Files.writeString(root.resolve("cat/broken.png"), "junk");
        ImageFolder pets = ImageFolder.of(root, Images.Mode.GRAY);
        assertThatThrownBy(() -> pets.get(0))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("broken.png: it is no picture");
        assertThat(pets.file(1)).hasFileName("x.png");
    }

    @Test
    void linesOfTextAreSamples() throws IOException {
        Dataset<String> lines = Dataset.of(Text.lines(Files.writeString(root.resolve("names.txt"), "ada\nbob\n")));
        assertThat(lines.size()).isEqualTo(2);
        assertThat(lines.map(String::length).get(1)).isEqualTo(3);
    }
}
