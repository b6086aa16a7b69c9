using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>
/// The C file compiles without a warning in C99 and gives the evaluator's outputs to 1e-6, for every layer and option that has steps. All cases are one program.
/// </summary>
public sealed class CWriterTests
{
    private const int Steps = 9, Networks = 60;

    [SkippableFact]
    public void Every_layer_gives_the_evaluator_s_outputs() => Assert.Equal(
        ["Convolution, same", "Gru, learned state, both directions", "Last step after a function", "Last step after dropout", "Last step after dropout that others read",
            "Last step after the identity", "Last step of both directions", "Lstm, both directions, Average", "Lstm, both directions, Concat",
            "Lstm, both directions, Multiply", "Lstm, both directions, Sum", "Lstm, reverse", "Rnn, reverse"],
        RefusedOf(LayerCases.Keys.Select(name => (name, LayerCases.Get(name)))));

    [SkippableFact]
    public void So_do_random_networks() => Assert.InRange(RefusedOf(Enumerable.Range(2000, Networks).Select(seed => ($"seed {seed}", RandomLayers.Model(seed)))).Count(), 1, Networks * 3 / 4);

    /// <summary>Compares the compiled C files with the evaluator.</summary>
    /// <returns>The names of networks that have no steps.</returns>
    private static IEnumerable<string> RefusedOf(IEnumerable<(string Name, ModelDescription Model)> all)
    {
        string compiler = Compiler();
        List<(string Name, string Id, ModelDescription Model)> cases = [];
        List<string> refused = [];
        string folder = Directory.CreateTempSubdirectory("rnngen-c-").FullName;
        try
        {
            foreach ((string name, ModelDescription model) in all)
            {
                model.Name = $"case{cases.Count}";
                using var file = new MemoryStream();
                try
                {
                    new CWriter().Write(model, file);
                }
                catch (UnsupportedLayerException reason)
                {
                    Assert.EndsWith("and the C file computes step by step", reason.Message, StringComparison.Ordinal);
                    refused.Add(name);
                    continue;
                }

                File.WriteAllBytes(Path.Combine(folder, model.Name + ".c"), file.ToArray());
                cases.Add((name, model.Name, model));
            }

            File.WriteAllText(Path.Combine(folder, "main.c"), ProgramOf(cases));
            Run(compiler, ["-std=c99", "-Wall", "-Wextra", "-Werror", "-pedantic", "-o", Path.Combine(folder, "cases"), Path.Combine(folder, "main.c"), .. cases.Select(made => Path.Combine(folder, made.Id + ".c")), "-lm"]);
            string[] lines = Run(Path.Combine(folder, "cases"), []).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(cases.Count, lines.Length);
            foreach (((string name, _, ModelDescription model), string line) in cases.Zip(lines))
                AssertNear(name, model, [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))]);
            return refused.Order(StringComparer.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertNear(string name, ModelDescription model, double[] actual)
    {
        double[] expected = new ModelEvaluator(model).Run(Inputs(model));
        if (model.IsPerSequence)
            actual = actual[^model.OutputSize..];
        Assert.Equal(expected.Length, actual.Length);
        for (int at = 0; at < expected.Length; at++)
            Assert.True(Math.Abs(expected[at] - actual[at]) <= 1e-6 * Math.Max(1, Math.Abs(expected[at])), $"{name}, output {at}: expected {expected[at]}, got {actual[at]}");
    }

    private static float[] Inputs(ModelDescription model) => Cli.Verification.RandomInputs.Of(model, Steps, 3);

    /// <summary>Runs each case twice over its sequence, the second time after a reset, and prints the second outputs on one line.</summary>
    private static string ProgramOf(List<(string Name, string Id, ModelDescription Model)> cases)
    {
        var main = new StringBuilder("#include <stdio.h>\n");
        foreach ((_, string id, _) in cases)
            main.Append($"#define {id.ToUpperInvariant()}_DECLARATIONS_ONLY\n#include \"{id}.c\"\n");
        main.Append("int main(void)\n{\n");
        foreach ((_, string id, ModelDescription model) in cases)
        {
            float[] inputs = Inputs(model);
            string input = model.IsOneHot ? "(int)inputs[step]" : $"inputs + step * {model.InputSize}";
            main.Append($"    {{\n        static const float inputs[{inputs.Length}] = {{ {string.Join(", ", inputs.Select(CText.Number))} }};\n"
                + $"        {id}_state state; float output[{model.OutputSize}];\n        for (int run = 0; run < 2; run++) {{\n            {id}_reset(&state);\n"
                + $"            for (int step = 0; step < {Steps}; step++) {{\n                {id}_step(&state, {input}, output);\n"
                + $"                for (int i = 0; run == 1 && i < {model.OutputSize}; i++) printf(\"%.9g \", (double)output[i]);\n            }}\n        }}\n        printf(\"\\n\");\n    }}\n");
        }

        return main.Append("    return 0;\n}\n").ToString();
    }

    private static string Compiler()
    {
        Skip.If(OperatingSystem.IsWindows(), "no C compiler is looked for on Windows");
        string? found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).SelectMany(folder => new[] { "cc", "gcc", "clang" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        Skip.If(found is null, "no C compiler on the PATH");
        return found!;
    }

    private static string Run(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program}: {errors.Result[..Math.Min(2000, errors.Result.Length)]}");
        return output;
    }
}
