using System.Text;
using RnnGen.Generator.Planning;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the header of a network's functions: C89, and C++.</summary>
internal static class NativeHeaderEmitter
{
    private const int LineWidth = 100;

    public static string Emit(NativePlan plan) => NativeText.File($"{plan.Prefix}.h", Opening(plan) + Codes(plan) + Functions(plan) + Closing(plan));

    private static string Opening(NativePlan plan) =>
        $$"""
        /*
         * {{string.Join("\n * ", plan.Summary)}}
         * Written by RnnGen.Generator {{SurfaceText.GeneratorVersion}}; changes are lost.
         *
         * Every function that can fail returns a code, {{plan.Macro}}_OK on success; {{plan.Prefix}}_last_error tells
         * more. Addresses other than NULL and misaligned ones are believed, as in C; networks are not: one that
         * was destroyed or never made is refused. Lengths count values, not bytes, but where they say so.
         *
         * Threads: functions may be called from any thread. One network serves one call at a time and
         * refuses others meanwhile ({{plan.Macro}}_BUSY); different networks know nothing of each other.
         *
         * The library brings a runtime, which starts with the first call and stays: it cannot be unloaded.
         */
        #ifndef {{plan.Macro}}_H
        #define {{plan.Macro}}_H

        #include <stddef.h>

        #if defined({{plan.Macro}}_STATIC) /* linked into the program */
        #define {{plan.Macro}}_API
        #elif defined(_WIN32) && defined({{plan.Macro}}_EXPORTS)
        #define {{plan.Macro}}_API __declspec(dllexport)
        #elif defined(_WIN32)
        #define {{plan.Macro}}_API __declspec(dllimport)
        #elif defined(__GNUC__)
        #define {{plan.Macro}}_API __attribute__((visibility("default")))
        #else
        #define {{plan.Macro}}_API
        #endif

        #if defined(_MSC_VER)
        #define {{plan.Macro}}_CALL __cdecl
        #else
        #define {{plan.Macro}}_CALL
        #endif

        {{string.Join("\n", plan.Constants.Select(size => $"#define {plan.Macro}_{size.Name} {N(size.Value)} /* {size.Summary} */"))}}

        #ifdef __cplusplus
        extern "C" {
        #endif

        /* A network: its weights and the state of one stream. What it points at is the library's secret. */
        typedef struct {{plan.Prefix}} {{plan.Prefix}};


        """;

    private static string Codes(NativePlan plan)
    {
        var lines = plan.Codes.Select((code, index) =>
            $"    {plan.Macro}_{code.Name} = {N(code.Value)}{(index == plan.Codes.Count - 1 ? "" : ",")} /* {code.Summary} */");
        return $"/* What functions return, as an int. */\nenum {plan.Prefix}_status {{\n{string.Join("\n", lines)}\n}};\n\n";
    }

    private static string Functions(NativePlan plan)
    {
        var text = new StringBuilder();
        foreach (var function in plan.Functions)
            text.Append(Comment(plan, function))
                .Append(NativeText.Signature($"{plan.Macro}_API {NativeText.Result(function)} {plan.Macro}_CALL", function, ";")).Append("\n\n");
        return text.ToString();
    }

    private static string Comment(NativePlan plan, NativeFunction function)
    {
        var lines = function.Summary.SelectMany(sentence => Wrap(sentence, "")).ToList();
        if (function.Parameters.Count > 0)
            lines.Add("");
        int width = function.Parameters.Select(parameter => parameter.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var parameter in function.Parameters)
            lines.AddRange(Wrap(parameter.Name.PadRight(width) + parameter.Summary, new string(' ', width)));
        if (function.Returns is not null)
            lines.AddRange(Wrap($"Returns {function.Returns}.", ""));
        if (function.Codes.Count > 0)
        {
            var codes = function.Codes.Select(code => $"{plan.Macro}_{code}");
            lines.AddRange(Wrap($"Returns {plan.Macro}_OK, {string.Join(", ", codes)} or {plan.Macro}_INTERNAL.", ""));
        }

        return lines.Count == 1 ? $"/* {lines[0]} */\n" : $"/*\n{string.Concat(lines.Select(line => $" * {line}".TrimEnd() + "\n"))} */\n";
    }

    private static IEnumerable<string> Wrap(string text, string indent)
    {
        const int Width = LineWidth - 3; // behind " * "
        while (text.Length > Width)
        {
            int end = text.LastIndexOf(' ', Width);
            yield return text.Substring(0, end);
            text = indent + text.Substring(end + 1);
        }

        yield return text;
    }

    private static string Closing(NativePlan plan) =>
        $$"""
        #ifdef __cplusplus
        }
        #endif

        #endif /* {{plan.Macro}}_H */
        """;
}
