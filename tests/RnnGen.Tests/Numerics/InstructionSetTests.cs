using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;

namespace RnnGen.Tests.Numerics;

/// <summary>
/// Runs the numerics tests again in a process of their own in which an instruction set is turned off, so that one machine tests the kernels of all. Not of that
/// category itself.
/// </summary>
public sealed class InstructionSetTests
{
    /// <summary>Why nothing is run without AVX-512 where it is not there.</summary>
    public const string NoAvx512 = "this process does not use AVX-512: its own tests have run the kernels without it";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [SkippableFact]
    public void Without_Avx512()
    {
        Skip.If(RnnGen.Simd.Active != InstructionSet.Avx512, NoAvx512);
        RunWithout("DOTNET_EnableAVX512", RnnGen.Simd.HasAvx2 ? InstructionSet.Avx2 : InstructionSet.Portable);
    }

    /// <summary>Small networks run on every instruction set in the generator's tests; this runs all of them.</summary>
    [SkippableFact]
    public void Without_Avx2()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        RunWithout("DOTNET_EnableAVX2", InstructionSet.Portable);
    }

    /// <summary>Vectors are then computed in software, element by element: the large networks are left out.</summary>
    [SkippableFact]
    public void Without_any_vector_instructions()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        RunWithout("DOTNET_EnableHWIntrinsic", InstructionSet.Portable, "Category=Numerics&Speed!=Slow", atLeast: 600);
    }

    private static void RunWithout(string knob, InstructionSet expected, string filter = "Category=Numerics", int atLeast = 750)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-tests-");
        try
        {
            (int exitCode, string output) = RunTests(knob, expected, filter, folder.FullName);
            FileInfo[] results = folder.GetFiles("*.trx");
            Assert.True(results.Length == 1, $"expected one file of results, got {results.Length}: {output}");
            Check(XDocument.Load(results[0].FullName).Root!, atLeast, output);
            Assert.True(exitCode == 0, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Check(XElement results, int atLeast, string output)
    {
        XNamespace names = results.Name.Namespace;
        XElement counters = results.Descendants(names + "Counters").Single();
        int Count(string name) => int.Parse(counters.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        Assert.True(Count("failed") == 0 && Count("error") == 0 && Count("aborted") == 0, output);
        Assert.True(Count("passed") >= atLeast, $"expected at least {atLeast} tests to pass, got {Count("passed")}: {output}");

        // Without this one, all the others may have tested the same kernels as ever.
        XElement active = results.Descendants(names + "UnitTestResult").Single(
            result => result.Attribute("testName")!.Value.EndsWith(nameof(ActiveInstructionSetTests.The_expected_kernels_ran), StringComparison.Ordinal));
        Assert.Equal("Passed", active.Attribute("outcome")!.Value);
    }

    private static (int ExitCode, string Output) RunTests(string knob, InstructionSet expected, string filter, string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            ArgumentList =
            {
                "vstest", typeof(InstructionSetTests).Assembly.Location, $"--TestCaseFilter:{filter}", "--logger:trx", $"--ResultsDirectory:{folder}",
            },
        };

        // What the outer test run tells its own processes is not for the inner one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("VSTEST_", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment[knob] = "0";
        start.Environment[ActiveInstructionSetTests.Expected] = expected.ToString();

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"the tests without {knob} did not end within {Limit}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }
}
