using System.Text;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Runtime;
using static RnnGen.Generator.Emit.KernelText;

namespace RnnGen.Generator.Emit;

/// <summary>Prints the header of a network's functions: C89, and C++.</summary>
internal sealed class NativeHeaderEmitter
{
    private const int LineWidth = 100;

    private readonly NativePlan _plan;
    private readonly NativeHeaderText _words;
    private readonly string _prefix;
    private readonly string _macro;

    private NativeHeaderEmitter(NativePlan plan) => (_plan, _words, _prefix, _macro) = (plan, new NativeHeaderText(plan), plan.Prefix, NativeText.Macro(plan));

    public static string Emit(NativePlan plan) => new NativeHeaderEmitter(plan).File();

    private string File() => NativeText.File($"{_prefix}.h", Opening() + Codes() + Functions() + Closing());

    private string Opening() =>
        $$"""
        /*
         * {{_words.OfNetwork()}}
         * Written by RnnGen.Generator {{SurfaceText.GeneratorVersion}}; changes are lost.
         *
         * Every function that can fail returns a code, {{NativeText.Code(_plan, NativeStatus.Ok)}} on success; {{NativeText.Name(_plan, NativeOperation.LastError)}} tells
         * more. Pointers are not validated, except that NULL and misaligned ones are refused; networks are: one that
         * was destroyed or never made is refused. Lengths count values, not bytes, unless they say otherwise.
         *
         * Threads: functions may be called from any thread. One network serves one call at a time and
         * refuses others meanwhile ({{NativeText.Code(_plan, NativeStatus.Busy)}}); different networks know nothing of each other.
         *
         * The library brings a runtime, which starts with the first call and stays: it cannot be unloaded.
         */
        #ifndef {{_macro}}_H
        #define {{_macro}}_H

        #include <stddef.h>

        #if defined({{_macro}}_STATIC) /* linked into the program */
        #define {{_macro}}_API
        #elif defined(_WIN32) && defined({{_macro}}_EXPORTS)
        #define {{_macro}}_API __declspec(dllexport)
        #elif defined(_WIN32)
        #define {{_macro}}_API __declspec(dllimport)
        #elif defined(__GNUC__)
        #define {{_macro}}_API __attribute__((visibility("default")))
        #else
        #define {{_macro}}_API
        #endif

        #if defined(_MSC_VER)
        #define {{_macro}}_CALL __cdecl
        #else
        #define {{_macro}}_CALL
        #endif

        {{string.Join("\n", Sizes())}}

        #ifdef __cplusplus
        extern "C" {
        #endif

        /* A network: its weights and the state of one stream. What it points at is the library's secret. */
        typedef struct {{_prefix}} {{_prefix}};


        """;

    private IEnumerable<string> Sizes() =>
        from function in _plan.Functions
        let size = function.Body as NativeBody.Constant
        where size is not null
        select $"#define {NativeText.Size(_plan, function.Operation)} {N(size.Value)} /* {_words.OfSize(function.Operation)} */";

    private string Codes()
    {
        var lines = NativeStatusText.All.Select(status =>
            $"    {NativeText.Code(_plan, status)} = {N((int)status)}{(status == NativeStatusText.All.Last() ? "" : ",")} " +
            $"/* {NativeStatusText.Of(status)} */");
        return $"/* What functions return, as an int. */\nenum {_prefix}_{NativeNames.Status} {{\n{string.Join("\n", lines)}\n}};\n\n";
    }

    private string Functions()
    {
        var text = new StringBuilder();
        foreach (var function in _plan.Functions)
            text.Append(Comment(function))
                .Append(NativeText.Signature($"{_macro}_API {NativeText.Result(function)} {_macro}_CALL", _plan, function, ";")).Append("\n\n");
        return text.ToString();
    }

    private string Comment(NativeFunction function)
    {
        var lines = Wrap(_words.Of(function), "").ToList();
        if (function.Parameters.Count > 0)
            lines.Add("");
        int width = function.Parameters.Select(parameter => parameter.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var parameter in function.Parameters)
            lines.AddRange(Wrap(parameter.Name.PadRight(width) + _words.Of(function, parameter), new string(' ', width)));
        if (_words.OfResult(function) is { } result)
            lines.AddRange(Wrap(result, ""));
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

    private string Closing() =>
        $$"""
        #ifdef __cplusplus
        }
        #endif

        #endif /* {{_macro}}_H */
        """;
}
