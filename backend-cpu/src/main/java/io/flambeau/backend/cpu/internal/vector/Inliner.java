package io.flambeau.backend.cpu.internal.vector;

import io.flambeau.backend.cpu.internal.Specialiser;
import java.io.Serializable;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.PseudoInstruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.SerializedLambda;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes kernels out of templates whose loops call methods on vectors, by putting the methods' code in the place of the
 * calls.
 *
 * <p>Note [Inlined before the compiler]: vectors stay in registers only where everything that they pass through is
 * inlined, and the compiler promises that for the Vector API's methods alone. Ours it refuses when the loop has grown
 * past a number of nodes ({@code NodeCountInliningCutoff}), which depends on what else the process has run, or when
 * they are already compiled on their own to more than 2,500 bytes. Then vectors become objects, and the loop takes
 * five times as long. So the loops of kernels are given to the compiler without a call to a static method of this
 * package that takes or gives vectors, nor to the function that is the template's class data, and no compiler's
 * judgement is left to depend on. See also Note [Templates].
 *
 * <p>That function is a lambda of a {@link Serializable} interface, since only such a one says which method it runs.
 * What the methods refer to must not be private: their code moves to another class.
 */
final class Inliner {
    private static final String PACKAGE = Inliner.class.getPackageName().replace('.', '/') + '/';
    private static final Pattern VECTORS = Pattern.compile("jdk/incubator/vector/(\\w*Vector|VectorMask);");
    private static final ClassFile FILES = ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.DebugElementsOption.DROP_DEBUG,
            ClassFile.ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofClassLoading(Inliner.class.getClassLoader())));
    private static final Map<String, Map<String, CodeAttribute>> CODE = new ConcurrentHashMap<>();
    private static final Map<Class<?>, byte[]> INLINED = new ConcurrentHashMap<>();

    private final Class<?> template;
    /** The methods that functions among the class data run, by the functions' interfaces. */
    private final Map<String, CodeAttribute> functions = new HashMap<>();

    private Inliner(Class<?> template, Object... data) {
        this.template = template;
        for (Object piece : data) {
            if (piece instanceof Serializable && piece.getClass().isHidden()) {
                SerializedLambda lambda = reveal(piece);
                functions.put(
                        lambda.getFunctionalInterfaceClass(),
                        code(lambda.getImplClass(), lambda.getImplMethodName() + lambda.getImplMethodSignature()));
            }
        }
    }

    /** An instance of a copy of {@code template} with this class data: {@link Specialiser#specialise}, and inlined. */
    static <T> T specialise(MethodHandles.Lookup lookup, Class<? extends T> template, Class<T> type, Object... data) {
        Inliner inliner = new Inliner(template, data);
        // Without a function the code does not depend on the data.
        byte[] bytes = inliner.functions.isEmpty()
                ? INLINED.computeIfAbsent(template, _ -> inliner.inlined())
                : inliner.inlined();
        return Specialiser.define(lookup, bytes, type, data);
    }

    private byte[] inlined() {
        ClassModel model = FILES.parse(Specialiser.bytes(template));
        return FILES.transformClass(model, (to, element) -> {
            if (!(element instanceof MethodModel method)) {
                to.with(element);
            } else if (!takesVectors(method.methodTypeSymbol())) {
                to.withMethod(
                        method.methodName(),
                        method.methodType(),
                        method.flags().flagsMask(),
                        m -> method.code().ifPresent(code -> m.withCode(c -> copy((CodeAttribute) code, c, 0, null))));
            }
        });
    }

    private static boolean takesVectors(MethodTypeDesc type) {
        return VECTORS.matcher(type.descriptorString()).find();
    }

    /** Copies code whose locals begin at {@code base} and which, instead of returning, goes to {@code end}. */
    private void copy(CodeAttribute code, CodeBuilder to, int base, @Nullable Label end) {
        Map<Label, Label> labels = new HashMap<>();
        for (CodeElement element : code) {
            switch (element) {
                case LoadInstruction i -> to.loadLocal(i.typeKind(), base + i.slot());
                case StoreInstruction i -> to.storeLocal(i.typeKind(), base + i.slot());
                case IncrementInstruction i -> to.iinc(base + i.slot(), i.constant());
                case BranchInstruction i -> to.branch(i.opcode(), label(i.target(), labels, to));
                case LabelTarget i -> to.labelBinding(label(i.label(), labels, to));
                case InvokeInstruction i -> {
                    CodeAttribute body = body(i);
                    if (body == null) {
                        to.with(i);
                    } else {
                        inline(i, body, to, base + code.maxLocals());
                    }
                }
                case ReturnInstruction _ when end != null -> to.goto_(end);
                case PseudoInstruction _ -> {} // of debuggers: no code here catches exceptions
                default -> to.with(element);
            }
        }
    }

    private void inline(InvokeInstruction call, CodeAttribute body, CodeBuilder to, int base) {
        List<ClassDesc> parameters = call.typeSymbol().parameterList();
        int slot = base;
        for (ClassDesc parameter : parameters) {
            slot += TypeKind.from(parameter).slotSize();
        }
        for (ClassDesc parameter : parameters.reversed()) {
            TypeKind kind = TypeKind.from(parameter);
            slot -= kind.slotSize();
            to.storeLocal(kind, slot);
        }
        if (functions.get(call.owner().asInternalName()) == body) {
            to.pop(); // the function itself
        }
        Label end = to.newLabel();
        copy(body, to, base, end);
        to.labelBinding(end);
    }

    private @Nullable CodeAttribute body(InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        if (call.opcode() == Opcode.INVOKESTATIC && owner.startsWith(PACKAGE) && takesVectors(call.typeSymbol())) {
            return code(owner, call.name().stringValue() + call.type().stringValue());
        }
        return functions.get(owner);
    }

    private static Label label(Label from, Map<Label, Label> labels, CodeBuilder to) {
        return labels.computeIfAbsent(from, _ -> to.newLabel());
    }

    /** The code of a method of this package, by its name and descriptor. */
    private static CodeAttribute code(String owner, String method) {
        return CODE.computeIfAbsent(owner, Inliner::methods).get(method);
    }

    private static Map<String, CodeAttribute> methods(String owner) {
        Map<String, CodeAttribute> methods = new HashMap<>();
        for (MethodModel method : FILES.parse(Specialiser.bytes(Inliner.class, owner.substring(PACKAGE.length())))
                .methods()) {
            CodeModel code = method.code().orElse(null);
            if (code != null) {
                methods.put(
                        method.methodName().stringValue() + method.methodType().stringValue(), (CodeAttribute) code);
            }
        }
        return methods;
    }

    private static SerializedLambda reveal(Object function) {
        try {
            var method = function.getClass().getDeclaredMethod("writeReplace");
            method.setAccessible(true);
            return (SerializedLambda) method.invoke(function);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
