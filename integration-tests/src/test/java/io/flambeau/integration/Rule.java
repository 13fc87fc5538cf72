package io.flambeau.integration;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.ServiceLoader;

/** The rules that hold the architecture; each carries a piece of code that breaks it. */
enum Rule {
    API_NEEDS_ONLY_THE_JDK(
            classes()
                    .that()
                    .resideInAPackage("io.flambeau.tensor..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("io.flambeau.tensor..", "java..", "jdk.jfr..", "org.jspecify.."),
            "package io.flambeau.tensor; class Planted { org.assertj.core.api.Assertions foreign; }"),

    LIBRARY_NEEDS_NOTHING_OUTSIDE_THE_JDK(
            classes()
                    .that()
                    .resideInAnyPackage(
                            "io.flambeau.autograd..",
                            "io.flambeau.nn..",
                            "io.flambeau.optim..",
                            "io.flambeau.data..",
                            "io.flambeau.io..",
                            "io.flambeau.backend.cpu..",
                            "io.flambeau.backend.clike..")
                    .and()
                    // Tables are fastcsv's to read.
                    .resideOutsideOfPackage("io.flambeau.io.internal.csv")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "io.flambeau..", "java..", "javax..", "jdk..", "com.sun.management..", "org.jspecify.."),
            "package io.flambeau.data; class Planted { org.assertj.core.api.Assertions foreign; }"),

    MODULES_SEE_THE_API_NOT_EACH_OTHER(
            slices().matching("io.flambeau.(autograd|nn|optim|io|data)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(resideInAPackage("io.flambeau.data.."), resideInAPackage("io.flambeau.io..")),
            "package io.flambeau.nn; public class Planted {}",
            "package io.flambeau.optim; class Planted { io.flambeau.nn.Planted layer; }"),

    BACKENDS_DO_NOT_SEE_EACH_OTHER(
            slices().matching("io.flambeau.backend.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(
                            resideInAnyPackage("io.flambeau.backend.cuda..", "io.flambeau.backend.opencl.."),
                            resideInAPackage("io.flambeau.backend.clike..")),
            "package io.flambeau.backend.cpu; public class Planted {}",
            "package io.flambeau.backend.cuda; class Planted { io.flambeau.backend.cpu.Planted other; }"),

    NOBODY_NAMES_A_BACKEND(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.flambeau.backend..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.flambeau.backend.."),
            "package io.flambeau.backend.cpu; public class Planted {}",
            "package io.flambeau.cli; class Planted { io.flambeau.backend.cpu.Planted backend; }"),

    MODULES_FORM_NO_CYCLE(
            slices().matching("io.flambeau.(*)..").should().beFreeOfCycles(),
            "package io.flambeau.tensor; public class Planted { io.flambeau.io.Planted file; }",
            "package io.flambeau.io; public class Planted { io.flambeau.tensor.Planted tensor; }"),

    BACKENDS_SEE_VIEWS_NEVER_TENSORS(
            noClasses()
                    .that()
                    .resideInAPackage("io.flambeau.backend..")
                    .should()
                    .dependOnClassesThat(api("Tensor").or(api("Tensors"))),
            "package io.flambeau.tensor; public class Tensor {}",
            "package io.flambeau.backend.cpu; class Planted { io.flambeau.tensor.Tensor tensor; }"),

    ENGINE_AND_TRACER_NAME_NO_OPERATION(
            noClasses()
                    .that()
                    .resideInAnyPackage("io.flambeau.autograd..", "io.flambeau.jit..")
                    .should()
                    .dependOnClassesThat(operations()
                            .and(resideInAPackage("io.flambeau.tensor.op.."))
                            .and(not(interfaces()))),
            "package io.flambeau.tensor.op; public interface Op {}",
            "package io.flambeau.tensor.op; public record Planted() implements Op {}",
            "package io.flambeau.autograd; class Engine { io.flambeau.tensor.op.Planted operation; }"),

    ONLY_DISPATCH_REACHES_BACKENDS(
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "io.flambeau.tensor.internal..",
                            "io.flambeau.tensor.spi..",
                            "io.flambeau.backend..",
                            "io.flambeau.tck..")
                    .should()
                    .accessTargetWhere(targetOwner(spi("Backend"))),
            "package io.flambeau.tensor.spi; public interface Backend { void fill(); }",
            "package io.flambeau.nn; class Planted { void f(io.flambeau.tensor.spi.Backend b) { b.fill(); } }"),

    SERVICES_ARE_LOADED_IN_ONE_CLASS(
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("io.flambeau.tensor.internal.Services")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(ServiceLoader.class),
            "package io.flambeau.nn; class Planted { Object f() { return java.util.ServiceLoader.load(Planted.class); } }"),

    REFERENCES_LIVE_IN_STORAGE_AND_DISPATCH(
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.flambeau.tensor.spi..", "io.flambeau.tensor.internal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.ref.."),
            "package io.flambeau.autograd; class Planted { java.lang.ref.Cleaner cleaner; }"),

    VECTOR_API_STAYS_IN_THE_CPU_BACKEND(
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.flambeau.backend.cpu..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator.."),
            "package io.flambeau.tensor.op; class Planted { jdk.incubator.vector.FloatVector lanes; }"),

    USERS_OF_THE_API_DO_NOT_USE_THE_SPI(
            noClasses()
                    .that()
                    .resideInAnyPackage("io.flambeau.nn..", "io.flambeau.optim..", "io.flambeau.data..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.flambeau.tensor.spi.."),
            "package io.flambeau.tensor.spi; public class Planted {}",
            "package io.flambeau.optim; class Planted { io.flambeau.tensor.spi.Planted storage; }"),

    OPERATIONS_ARE_RECORDS_OR_ENUMS(
            classes()
                    .that(operations())
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotAnonymousClasses()
                    .should()
                    .beRecords()
                    .orShould()
                    .beEnums(),
            "package io.flambeau.tensor.op; public interface Op {}",
            "package io.flambeau.tensor.op; class Planted implements Op {}"),

    OPERATIONS_HAVE_FINAL_FIELDS(
            fields().that().areDeclaredInClassesThat(operations()).should().beFinal(),
            "package io.flambeau.tensor.op; public interface Op {}",
            "package io.flambeau.tensor.op; enum Planted implements Op { A; int calls; }"),

    ONLY_THE_COMMANDS_PRINT(
            noClasses()
                    .that()
                    .resideOutsideOfPackages("io.flambeau.cli..", "io.flambeau.examples..")
                    .should(ACCESS_STANDARD_STREAMS),
            "package io.flambeau.nn; class Planted { void f() { System.out.println(); } }"),

    LOGS_GO_TO_THE_SYSTEM_LOGGER(
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."),
            "package io.flambeau.io; class Planted { Object l = java.util.logging.Logger.getLogger(\"io\"); }"),

    NO_GENERIC_EXCEPTION_IS_THROWN(
            noClasses().should(THROW_GENERIC_EXCEPTIONS),
            "package io.flambeau.io; class Planted { void f() { throw new RuntimeException(); } }"),

    NO_GENERIC_EXCEPTION_IS_DECLARED(
            noMethods()
                    .should()
                    .declareThrowableOfType(describe(
                            "generic",
                            type -> type.isEquivalentTo(Exception.class) || type.isEquivalentTo(Throwable.class))),
            "package io.flambeau.io; class Planted { void f() throws Exception {} }");

    final ArchRule rule;
    final List<String> violation;

    Rule(ArchRule rule, String... violation) {
        this.rule = rule;
        this.violation = List.of(violation);
    }

    private static DescribedPredicate<JavaClass> api(String name) {
        return resideInAPackage("io.flambeau.tensor").and(simpleName(name));
    }

    private static DescribedPredicate<JavaClass> spi(String name) {
        return resideInAPackage("io.flambeau.tensor.spi").and(simpleName(name));
    }

    private static DescribedPredicate<JavaClass> operations() {
        return assignableTo("io.flambeau.tensor.op.Op");
    }

    private static DescribedPredicate<JavaClass> interfaces() {
        return JavaClass.Predicates.INTERFACES;
    }
}
