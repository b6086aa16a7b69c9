using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Runtime;

namespace RnnGen.Generator.Emit;

/// <summary>
/// Prints a library in C that has the functions of the header and hands them on to the best of the network's libraries, one an x86-64 level, that the CPU runs.
/// </summary>
internal static class NativeLoaderEmitter
{
    public static string Emit(NativePlan plan) =>
        NativeText.File($"{plan.Prefix}.loader.c", Opening(plan) + Cpu(plan) + Place(plan) + Loading(plan) + Functions(plan));

    private static string Opening(NativePlan plan) =>
        $$"""
        /*
         * The functions of {{plan.Prefix}}.h for every x86-64 CPU (Linux): the first call loads, from the folder that the file of
         * this code lies in, the best of <its name without .so>.x86-64-v4.so, .x86-64-v3.so and .x86-64-v2.so that is there
         * and that the CPU runs; every call is handed on to it.
         * Written by RnnGen.Generator {{SurfaceText.GeneratorVersion}}; changes are lost.
         *
         * cc -std=c99 -O2 -fPIC -shared -Wl,-soname,{{plan.Prefix}}.so -o {{plan.Prefix}}.so {{plan.Prefix}}.loader.c -ldl -lpthread
         */
        #ifndef __x86_64__
        #error "There are levels of x86-64 only: link with the library itself."
        #endif
        #ifndef _GNU_SOURCE
        #define _GNU_SOURCE /* dladdr, realpath */
        #endif
        #define {{NativeText.Macro(plan)}}_EXPORTS

        #include "{{plan.Prefix}}.h"

        #include <cpuid.h>
        #include <dlfcn.h>
        #include <limits.h>
        #include <pthread.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/auxv.h>
        #include <unistd.h>

        static struct {
        {{string.Join("\n", plan.Functions.Select(function => Pointer(plan, function)))}}
        } {{plan.Prefix}}_loader_calls;

        static pthread_once_t {{plan.Prefix}}_loader_placed = PTHREAD_ONCE_INIT, {{plan.Prefix}}_loader_once = PTHREAD_ONCE_INIT;
        static int {{plan.Prefix}}_loader_found;
        static char {{plan.Prefix}}_loader_file[PATH_MAX]; /* without .so; empty where it is not known */
        static char {{plan.Prefix}}_loader_failure[PATH_MAX + 256];


        """;

    private static string Pointer(NativePlan plan, NativeFunction function) =>
        $"    {NativeText.Result(function)} ({NativeText.Macro(plan)}_CALL *{NativeNames.Of(function.Operation)})({NativeText.Parameters(plan, function)});";

    // What .NET's compiler takes for granted at a level, and so what its libraries demand when they start.
    private static string Cpu(NativePlan plan) =>
        $$"""
        /* Whether a CPU lowers its clock for 512-bit vectors: Intel's Skylake server and its kin, which .NET itself takes for level 3. */
        static int {{plan.Prefix}}_loader_slows(unsigned signature)
        {
            const unsigned model = signature & 0x000f0ff0;
            unsigned a, b, c, d;

            if (!__get_cpuid(0, &a, &b, &c, &d) || b != signature_INTEL_ebx || c != signature_INTEL_ecx || d != signature_INTEL_edx)
                return 0;
            return model == 0x00050650 || model == 0x00060660;
        }

        /* The highest level, 1 to 4, that CPU and system run well. */
        static int {{plan.Prefix}}_loader_level(void)
        {
            /* SSE3, SSSE3, CMPXCHG16B, SSE4.1, SSE4.2, POPCNT */
            const unsigned v2 = 1u << 0 | 1u << 9 | 1u << 13 | 1u << 19 | 1u << 20 | 1u << 23;
            /* FMA, MOVBE, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LZCNT; the system saves XMM and YMM */
            const unsigned v3 = 1u << 12 | 1u << 22 | 1u << 27 | 1u << 28 | 1u << 29;
            const unsigned v3_seven = 1u << 3 | 1u << 5 | 1u << 8, v3_extended = 1u << 5, v3_saved = 0x6;
            /* AVX512F, DQ, CD, BW, VL; the system saves masks and ZMM */
            const unsigned v4_seven = 1u << 16 | 1u << 17 | 1u << 28 | 1u << 30 | 1u << 31, v4_saved = 0xe6;
            unsigned a, b, c, d, one, seven, extended, saved, high, signature;

            if (!__get_cpuid(1, &signature, &b, &one, &d) || (one & v2) != v2)
                return 1;
            if ((one & v3) != v3 || __get_cpuid_max(0, NULL) < 7 || !__get_cpuid(0x80000001u, &a, &b, &extended, &d))
                return 2;
            __cpuid_count(7, 0, a, seven, c, d);
            __asm__ volatile("xgetbv" : "=a"(saved), "=d"(high) : "c"(0));
            if ((seven & v3_seven) != v3_seven || (extended & v3_extended) != v3_extended || (saved & v3_saved) != v3_saved)
                return 2;
            return (seven & v4_seven) == v4_seven && (saved & v4_saved) == v4_saved && !{{plan.Prefix}}_loader_slows(signature) ? 4 : 3;
        }


        """;

    private static string Place(NativePlan plan) =>
        $$"""
        static void {{plan.Prefix}}_loader_place(void)
        {
            char *file = {{plan.Prefix}}_loader_file, *name, *end, *next;
            Dl_info self, program;

            if (!dladdr(file, &self))
                return;
            if (dladdr((void *)(uintptr_t)getauxval(AT_PHDR), &program) && program.dli_fbase == self.dli_fbase) {
                /* Linked into the program, whose name is what its caller says it were. */
                ssize_t length = readlink("/proc/self/exe", file, PATH_MAX - 1);
                file[length < 0 ? 0 : length] = '\0';
            } else if (self.dli_fname == NULL || realpath(self.dli_fname, file) == NULL) {
                file[0] = '\0';
            }
            name = strrchr(file, '/');
            if (name == NULL) {
                file[0] = '\0';
                return;
            }
            end = file + strlen(file);
            for (next = name; (next = strstr(next, ".so")) != NULL; next++)
                end = next;
            *end = '\0';
        }

        /* When this code is loaded: a relative name means nothing any more once the process has changed its folder. */
        __attribute__((constructor)) static void {{plan.Prefix}}_loader_start(void)
        {
            pthread_once(&{{plan.Prefix}}_loader_placed, {{plan.Prefix}}_loader_place);
        }


        """;

    private static string Loading(NativePlan plan)
    {
        string p = plan.Prefix;
        string take = string.Join(
            "\n        && ",
            from function in plan.Functions
            let operation = function.Operation
            select $"{p}_loader_take(library, \"{NativeText.Name(plan, operation)}\", &{p}_loader_calls.{NativeNames.Of(operation)})");
        return
            $$"""
            /* An address of a function is copied: C has no cast from that of an object. */
            static int {{p}}_loader_take(void *library, const char *name, void *call)
            {
                void *address = dlsym(library, name);
                memcpy(call, &address, sizeof address);
                return address != NULL;
            }

            static int {{p}}_loader_take_all(void *library)
            {
                return {{take}};
            }

            static void {{p}}_loader_keep_failure(void)
            {
                const char *text = dlerror();
                snprintf({{p}}_loader_failure, sizeof {{p}}_loader_failure, "%s", text == NULL ? "dlopen failed" : text);
            }

            static void {{p}}_loader_load(void)
            {
                const int best = {{p}}_loader_level();
                char path[PATH_MAX];
                int level;

                {{p}}_loader_start(); /* for whoever calls before constructors are done */
                if ({{p}}_loader_file[0] == '\0') {
                    snprintf({{p}}_loader_failure, sizeof {{p}}_loader_failure, "the system does not say where the loader of {{p}} lies");
                    return;
                }
                if (best < 2) {
                    snprintf({{p}}_loader_failure, sizeof {{p}}_loader_failure,
                        "the libraries of {{p}} are for CPUs from x86-64-v2 (SSE4.2, POPCNT) on, this one is older");
                    return;
                }
                for (level = best; level >= 2; level--) {
                    int length = snprintf(path, sizeof path, "%s.x86-64-v%d.so", {{p}}_loader_file, level);
                    void *library;
                    if (length < 0 || (size_t)length >= sizeof path || access(path, F_OK) != 0)
                        continue;
                    library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
                    if (library != NULL && {{p}}_loader_take_all(library)) {
                        {{p}}_loader_found = 1;
                        return;
                    }
                    {{p}}_loader_keep_failure();
                    if (library != NULL)
                        dlclose(library);
                }
                if ({{p}}_loader_failure[0] == '\0')
                    snprintf({{p}}_loader_failure, sizeof {{p}}_loader_failure,
                        "expected %s.x86-64-v2.so or that of a level up to this CPU's, v%d, got no such file", {{p}}_loader_file, best);
            }

            static int {{p}}_loader_ready(void)
            {
                pthread_once(&{{p}}_loader_once, {{p}}_loader_load);
                return {{p}}_loader_found;
            }

            static size_t {{p}}_loader_tell(char *buffer, size_t capacity)
            {
                if (buffer != NULL && capacity > 0)
                    snprintf(buffer, capacity, "%s", {{p}}_loader_failure);
                return strlen({{p}}_loader_failure) + 1;
            }


            """;
    }

    private static string Functions(NativePlan plan) => string.Join("\n", plan.Functions.Select(function => Function(plan, function)));

    private static string Function(NativePlan plan, NativeFunction function)
    {
        string arguments = string.Join(", ", function.Parameters.Select(parameter => parameter.Name));
        string otherwise = function.ReturnsCode ? NativeText.Code(plan, NativeStatus.NoLibrary)
            : function.Operation == NativeOperation.LastError ? $"{plan.Prefix}_loader_tell({arguments})"
            : "0";
        string clear = function.Created is { Name: var created } ? $"    if ({created} != NULL)\n        *{created} = NULL;\n" : "";
        return NativeText.Signature($"{NativeText.Result(function)} {NativeText.Macro(plan)}_CALL", plan, function, "") + "\n{\n" + clear
            + $"    return {plan.Prefix}_loader_ready() ? {plan.Prefix}_loader_calls.{NativeNames.Of(function.Operation)}({arguments}) : {otherwise};\n}}\n";
    }
}
