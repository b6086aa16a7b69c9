using RnnGen.Samples.Embedded;

namespace RnnGen.Aot.Tests;

/// <summary>The tool as strangers get it: packed, installed from a feed that has nothing else, and run; what it writes is built against the package of RnnGen.</summary>
[Collection(AotCollection.Libraries)]
public sealed class ToolPackageTests
{
    private const string Body = "<PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType><Nullable>enable</Nullable></PropertyGroup>";

    /// <summary>Runs the written test without xunit, whose two names it needs.</summary>
    private const string Program = """
        main.cs
        using System;

        new Their.DigitsTests().Output_1_is_as_expected();
        Console.WriteLine("as expected");

        namespace Xunit
        {
            [AttributeUsage(AttributeTargets.Method)]
            public sealed class FactAttribute : Attribute;

            public static class Assert
            {
                public static void InRange(double value, double low, double high)
                {
                    if (!(value >= low && value <= high))
                        throw new InvalidOperationException($"{value} is not within {low} to {high}");
                }
            }
        }
        """;

    [SkippableFact]
    public void A_model_becomes_a_class_that_a_project_elsewhere_builds_and_runs()
    {
        var project = new OutsideProject("outside.csproj", Body, Program);
        string tool = project.InstallTool(), model = Path.Combine(TemporaryFolder.New("model"), "trained.bin");
        using (DigitRecognizer network = DigitRecognizer.CreateDefault())
            network.Save(model);

        Execution help = Run(tool, project.Folder, "--help").Succeeded();
        Assert.Contains("Example:\n  rnngen import ", help.Output, StringComparison.Ordinal);
        Execution import = Run(tool, project.Folder, "import", model, "--name", "Digits", "--namespace", "Their", "--self-test").Succeeded();
        Assert.Contains("Verified on random inputs: within ", import.Output, StringComparison.Ordinal);
        Assert.Contains("Written: Digits.cs, Digits.safetensors, DigitsTests.cs", import.Output, StringComparison.Ordinal);
        Assert.Equal("", import.Errors);
        Assert.DoesNotContain('\u001b', import.Output);

        project.Run("build").Succeeded();
        Assert.Equal("as expected\n", project.Start().Succeeded().Output);

        // The tool has no native library of ONNX Runtime: without one it says so, and how to get it.
        Run(tool, project.Folder, "export", "Digits.safetensors", "--to", "onnx").Succeeded();
        Execution again = Run(tool, project.Folder, [("RNNGEN_ONNXRUNTIME", "nowhere.so")], "import", "Digits.onnx", "--name", "Again").Succeeded();
        Assert.Contains("\nNot compared with ONNX Runtime: RNNGEN_ONNXRUNTIME is \"nowhere.so\", which cannot be loaded as a library.\n", again.Output, StringComparison.Ordinal);
        Assert.Equal("", again.Errors);

        Execution refused = Run(tool, project.Folder, "inspect", "main.cs");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("rnngen: \"main.cs\": expected one of ", refused.Errors, StringComparison.Ordinal);
    }

    /// <summary>The program finds the .NET that runs these tests, wherever it is installed.</summary>
    private static Execution Run(string tool, string folder, params string[] arguments) => Run(tool, folder, [], arguments);

    private static Execution Run(string tool, string folder, (string Name, string Value)[] variables, params string[] arguments)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Execution.Run(tool, arguments, folder, [("DOTNET_ROOT", Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."))), .. variables]);
    }
}
