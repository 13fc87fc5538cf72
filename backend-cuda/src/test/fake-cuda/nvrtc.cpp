// A libnvrtc that compiles CUDA C for the host with g++: the "cubin" it hands out is a shared object, which the fake
// driver loads.
#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

extern char **environ;

namespace {
enum Result { SUCCESS = 0, INVALID_INPUT = 3, INVALID_PROGRAM = 4, INVALID_OPTION = 5, COMPILATION = 6, INTERNAL = 11 };

const int architectures[] = {75, 80, 86, 89, 90};

struct Program {
    std::string source, log, binary;
};

// A file that is gone with its owner.
struct Scratch {
    std::string path;
    explicit Scratch(const std::string &folder, const char *name) : path(folder + "/" + name) {}
    ~Scratch() { unlink(path.c_str()); }
};

struct Folder {
    std::string path;
    Folder() {
        const char *place = getenv("TMPDIR");
        path = std::string(place ? place : "/tmp") + "/fake-nvrtc-XXXXXX";
        if (!mkdtemp(&path[0])) {
            path.clear();
        }
    }
    ~Folder() { rmdir(path.c_str()); }
};

std::string read(const std::string &path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string &path, const std::string &text) {
    std::ofstream(path, std::ios::binary) << text;
}

// The folder of this library, where the headers lie too.
std::string home() {
    Dl_info info;
    dladdr((void *) &home, &info);
    std::string path = info.dli_fname;
    return path.substr(0, path.rfind('/'));
}

bool compile(const std::vector<std::string> &words, const std::string &log) {
    std::vector<char *> arguments;
    for (const std::string &word : words) {
        arguments.push_back(const_cast<char *>(word.c_str()));
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 2, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    pid_t child;
    int failed = posix_spawnp(&child, arguments[0], &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    if (failed) {
        write(log, std::string("cannot run ") + arguments[0] + ": " + strerror(failed));
        return false;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The linker is told to bind calls inside (-Bsymbolic): a kernel may be named as a function of the C library.
//
// After the macros: `__global__ void name(` is a kernel. Each is declared to the driver at the end of the text.
std::string withKernels(const std::string &text) {
    static const std::regex kernel("__global__\\s+void\\s+(\\w+)\\s*\\(");
    std::string table = "\nextern \"C\" const FakeKernel fake_kernels[] = {";
    std::string seen = " ";
    for (std::sregex_iterator i(text.begin(), text.end(), kernel), end; i != end; ++i) {
        std::string name = (*i)[1];
        if (seen.find(" " + name + " ") == std::string::npos) {
            seen += name + " ";
            table += "FAKE_KERNEL(" + name + ")";
        }
    }
    return text + table + "{nullptr, nullptr, 0, nullptr}};\n";
}

// asm("{ cvt.f32.f16 %0, %1; }" : "=f"(x) : "h"(bits)) becomes x = fake_ptx_cvt_f32_f16(bits).
std::string withoutPtx(const std::string &text) {
    static const std::regex instruction(
            "asm\\s*(?:volatile)?\\s*\\(\\s*\"\\{? ?([a-z0-9.]+) %0, %1;[^\"]*\"\\s*:\\s*\"=\\w\"\\s*\\((\\w+)\\)\\s*:\\s*"
            "\"\\w\"\\s*\\((\\w+)\\)\\s*\\)");
    std::string result;
    auto from = text.cbegin();
    for (std::sregex_iterator i(text.begin(), text.end(), instruction), end; i != end; ++i) {
        std::string name = (*i)[1];
        for (char &c : name) {
            c = c == '.' ? '_' : c;
        }
        result.append(from, (*i)[0].first);
        result += (*i)[2].str() + " = fake_ptx_" + name + "(" + (*i)[3].str() + ")";
        from = (*i)[0].second;
    }
    return result.append(from, text.cend());
}

Result run(Program &program, const std::vector<std::string> &defines) {
    Folder folder;
    Scratch source(folder.path, "program.cu"), expanded(folder.path, "expanded.cpp"), log(folder.path, "log"),
            binary(folder.path, "program.so");
    write(source.path, program.source);
    std::vector<std::string> expand = {"g++", "-E", "-P", "-w", "-x", "c++", "-D__CUDACC__", "-D__CUDACC_RTC__",
                                       "-D__CUDA_ARCH__=800"};
    expand.insert(expand.end(), defines.begin(), defines.end());
    expand.insert(expand.end(), {"-o", expanded.path, source.path});
    bool done = compile(expand, log.path);
    if (done) {
        write(expanded.path, "#include \"kernel.h\"\n#define __global__\n" + withKernels(withoutPtx(read(expanded.path))));
        done = compile({"g++", "-pipe", "-x", "c++", "-std=c++17", "-O1", "-shared", "-fPIC", "-w", "-fno-exceptions",
                        "-fno-rtti", "-fno-asynchronous-unwind-tables", "-fno-strict-aliasing", "-fwrapv", "-ffp-contract=off",
                        "-fno-math-errno", "-fmax-errors=5", "-Wl,-Bsymbolic,-z,now", "-I", home(), "-o",
                        binary.path, expanded.path, "-lm"},
                       log.path);
    }
    program.log = read(log.path);
    program.binary = done ? read(binary.path) : "";
    return done ? SUCCESS : COMPILATION;
}

Result put(const std::string &text, char *out) {
    memcpy(out, text.c_str(), text.size() + 1);
    return SUCCESS;
}
}  // namespace

extern "C" {
const char *nvrtcGetErrorString(int result) {
    switch (result) {
        case SUCCESS: return "NVRTC_SUCCESS";
        case INVALID_INPUT: return "NVRTC_ERROR_INVALID_INPUT";
        case INVALID_PROGRAM: return "NVRTC_ERROR_INVALID_PROGRAM";
        case INVALID_OPTION: return "NVRTC_ERROR_INVALID_OPTION";
        case COMPILATION: return "NVRTC_ERROR_COMPILATION";
        default: return "NVRTC_ERROR_INTERNAL_ERROR";
    }
}

int nvrtcVersion(int *major, int *minor) {
    *major = 12;
    *minor = 0;
    return SUCCESS;
}

int nvrtcGetNumSupportedArchs(int *count) {
    *count = sizeof architectures / sizeof *architectures;
    return SUCCESS;
}

int nvrtcGetSupportedArchs(int *archs) {
    memcpy(archs, architectures, sizeof architectures);
    return SUCCESS;
}

int nvrtcCreateProgram(Program **program, const char *source, const char *, int headers, const char *const *,
                       const char *const *) {
    if (!program || !source || headers != 0) {
        return INVALID_INPUT;
    }
    *program = new Program{source, "", ""};
    return SUCCESS;
}

int nvrtcDestroyProgram(Program **program) {
    if (!program || !*program) {
        return INVALID_PROGRAM;
    }
    delete *program;
    *program = nullptr;
    return SUCCESS;
}

int nvrtcCompileProgram(Program *program, int count, const char *const *options) {
    std::vector<std::string> defines;
    for (int i = 0; i < count; i++) {
        std::string option = options[i];
        if (option.rfind("-D", 0) == 0) {
            defines.push_back(option);
        } else if (option.rfind("--gpu-architecture=", 0) != 0 && option.rfind("--std=", 0) != 0 &&
                   option.rfind("--fmad=", 0) != 0 && option != "-default-device" && option.rfind("--prec-", 0) != 0 &&
                   option.rfind("--ftz=", 0) != 0) {
            program->log = "unrecognized option " + option;
            return INVALID_OPTION;
        }
    }
    return run(*program, defines);
}

int nvrtcGetProgramLogSize(Program *program, size_t *size) {
    *size = program->log.size() + 1;
    return SUCCESS;
}

int nvrtcGetProgramLog(Program *program, char *log) { return put(program->log, log); }

int nvrtcGetCUBINSize(Program *program, size_t *size) {
    *size = program->binary.size();
    return program->binary.empty() ? INVALID_PROGRAM : SUCCESS;
}

int nvrtcGetCUBIN(Program *program, char *cubin) {
    memcpy(cubin, program->binary.data(), program->binary.size());
    return SUCCESS;
}

int nvrtcGetPTXSize(Program *program, size_t *size) { return nvrtcGetCUBINSize(program, size); }
int nvrtcGetPTX(Program *program, char *ptx) { return nvrtcGetCUBIN(program, ptx); }
}
