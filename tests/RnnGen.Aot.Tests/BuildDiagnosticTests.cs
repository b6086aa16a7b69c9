using System.Text.RegularExpressions;

namespace RnnGen.Aot.Tests;

/// <summary>The documented examples of the build's diagnostics give them, and the documented cures do not.</summary>
[Collection(AotCollection.Programs)]
public sealed partial class BuildDiagnosticTests
{
    private static readonly string Documentation = Repository.Read("docs", "diagnostics.md").ReplaceLineEndings("\n");

    [SkippableTheory]
    [InlineData("RNN201", "Program", "warning")]
    [InlineData("RNN202", "Program", "error")]
    [InlineData("RNN203", "Program", "error")]
    [InlineData("RNN204", "Program", "error")]
    [InlineData("RNN205", "Levels", "error")]
    [InlineData("RNN206", "Levels", "warning")]
    public void The_example_gives_the_diagnostic(string id, string project, string kind)
    {
        Publication publication = Publish(id, 0, project);
        Assert.Equal(kind == "error", publication.ExitCode != 0);
        Assert.Contains($" {kind} {id}: ", Assert.Single(publication.Messages(id)), StringComparison.Ordinal);
        Assert.Contains($"({kind}", Entry(id), StringComparison.Ordinal);
        Assert.DoesNotContain(Others(id), other => publication.Messages(other).Count > 0);
    }

    [SkippableTheory]
    [InlineData("RNN201", "Program")]
    [InlineData("RNN202", "Program")]
    [InlineData("RNN203", "Program")]
    [InlineData("RNN204", "Program")]
    [InlineData("RNN205", "Levels")]
    [InlineData("RNN206", "Levels")]
    public void The_cure_gives_none_of_its_kind(string id, string project)
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Assert.Empty(Publish(id, 1, project).Succeeded().Messages(id));
    }

    [SkippableTheory]
    [InlineData("X86-64-V3")]
    [InlineData("V3")]
    public void A_level_is_one_in_capital_letters_too(string level)
    {
        Publication publication = Publication.UpToNativeCode("Program", $"-p:RnnGenTarget={level}", "-p:RnnGenSimdNotice=false").Succeeded();
        Assert.Empty(publication.Messages("RNN201"));
        Assert.Contains("--instruction-set:x86-64-v3", publication.IlcArguments);
    }

    [SkippableFact]
    public void A_network_that_an_executable_would_export_is_told()
    {
        // Under a name of its own, so that it is compiled anew.
        string[] arguments = ["-p:RnnGenTarget=portable", "-p:DefineConstants=WITH_EXPORT", "-p:AssemblyName=Exporting"];
        string warning = Assert.Single(Publication.UpToNativeCode("Program", arguments).Succeeded().Messages("RNN206"));
        Assert.Contains("Exporting has a network with [NativeExport], but an executable exports no functions", warning, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Others(string id) =>
        HeadingPattern().Matches(Documentation).Select(match => match.Groups[1].Value).Where(other => other != id && other != "RNN201");

    /// <summary>Publishes a project into which an example is put. The same example is the same file, so that it is published once.</summary>
    private static Publication Publish(string id, int index, string project)
    {
        string xml = Example(id, index)
            .Replace("net.safetensors", Weights(), StringComparison.Ordinal)
            .Replace("../Digits/Digits.csproj", Repository.PathOf("src", "Samples", "Embedded", "Digits", "Digits.csproj"), StringComparison.Ordinal);
        string folder = TemporaryFolder.Shared("examples");
        string path = Path.Combine(folder, $"{id}-{index}.props");
        string? known = Directory.GetFiles(folder, "*.props").FirstOrDefault(file => File.ReadAllText(file) == $"<Project>\n{xml}</Project>\n");
        if (known is null)
            File.WriteAllText(path, $"<Project>\n{xml}</Project>\n");
        string[] arguments = [$"-p:DocumentedExample={known ?? path}", .. project == "Levels" ? [Publication.WithoutExports] : Array.Empty<string>()];

        // The last of them comes when the native code of all levels would be made.
        return (id, index) == ("RNN205", 0) ? Publication.Of(project, arguments) : Publication.UpToNativeCode(project, arguments);
    }

    private static string Weights()
    {
        string path = Path.Combine(TemporaryFolder.Shared("examples"), "net.safetensors");
        if (!File.Exists(path))
            File.WriteAllBytes(path, [2, 0, 0, 0, 0, 0, 0, 0, .. "{}"u8]);
        return path;
    }

    internal static string Example(string id, int index) => ExamplePattern().Matches(Entry(id))[index].Groups[1].Value;

    private static string Entry(string id) => Documentation.Split("\n## ").Single(entry => entry.StartsWith(id, StringComparison.Ordinal));

    [GeneratedRegex("^## (RNN2[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex("```xml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();
}
