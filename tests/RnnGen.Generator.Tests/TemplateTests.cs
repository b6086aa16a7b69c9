using System.Buffers.Binary;
using System.Text;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The code of the templates and of the packages' READMEs compiles; that a template's project is published and run a slower test shows.</summary>
public sealed class TemplateTests
{
    private const int MostLines = 60;

    /// <summary>What a template's project file asks the SDK for.</summary>
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    [Fact]
    public void The_console_program_compiles_and_is_short()
    {
        string[] files = [.. Directory.GetFiles(Folder("rnngen-console"), "*.cs").Select(File.ReadAllText)];
        var run = GeneratorRun.Of(new GeneratorSetup { Kind = OutputKind.ConsoleApplication }, [ImplicitUsings, .. files]).AssertCompiles();

        Assert.Empty(run.Ids);
        Assert.InRange(File.ReadAllLines(Path.Combine(Folder("rnngen-console"), "Program.cs")).Length, 10, MostLines);
    }

    [Fact]
    public void The_native_library_compiles_with_its_weights()
    {
        byte[] weights = File.ReadAllBytes(Path.Combine(Folder("rnngen-native"), "activity.safetensors"));
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(weights);
        string header = $"{Encoding.UTF8.GetString(weights, 8, length)}\n{weights.Length - 8 - length}";
        var setup = new GeneratorSetup { Weights = new Dictionary<string, string> { ["activity.safetensors"] = header } };
        var run = GeneratorRun.Of(setup, File.ReadAllText(Path.Combine(Folder("rnngen-native"), "ActivityRecognizer.cs"))).AssertCompiles();

        Assert.Empty(run.Ids);
        Assert.Contains(run.Sources, source => source.Source.Contains("activity_create_default", StringComparison.Ordinal));
    }

    [Fact]
    public void The_readme_of_the_library_compiles()
    {
        string readme = Repository.Read("src", "RnnGen", "README.md").ReplaceLineEndings("\n");
        string program = readme.Split("```csharp\n")[1].Split("```")[0];
        var run = GeneratorRun.Of(new GeneratorSetup { Kind = OutputKind.ConsoleApplication }, program).AssertCompiles();

        Assert.Empty(run.Ids);
    }

    private static string Folder(string template) => Repository.PathOf("src", "RnnGen.Templates", "content", template);
}
