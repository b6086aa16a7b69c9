using System.Text.RegularExpressions;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>A folder of the runtime says which namespace its files are in: what users need, what trains, what generated code alone calls.</summary>
public sealed partial class NamespaceTests
{
    private static readonly Dictionary<string, string> Namespaces = new()
    {
        ["Attributes"] = "RnnGen",
        ["Data"] = "RnnGen",
        ["Machine"] = "RnnGen",
        ["Cells"] = "RnnGen",
        ["Networks"] = "RnnGen",
        ["Parameters"] = "RnnGen",
        ["Training"] = "RnnGen.Training",
        ["Runtime"] = "RnnGen.Runtime",
    };

    // The compiler looks for it under this name.
    private const string OfTheCompiler = "DefaultInterpolatedStringHandler.cs";

    [Fact]
    public void Files_are_in_the_namespace_of_their_folder()
    {
        string root = Repository.PathOf("src", "RnnGen");
        int files = 0;
        foreach (string path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(root, path).Split(Path.DirectorySeparatorChar);
            if (parts[0] is "obj" or "bin" or "Properties" || parts[^1] == OfTheCompiler)
                continue;
            files++;
            Assert.True(Namespaces.TryGetValue(parts[0], out string? expected), $"{path}: no namespace is known for its folder");
            Assert.Equal((path, expected), (path, Declared().Match(File.ReadAllText(path)).Groups[1].Value));
        }

        Assert.InRange(files, 100, int.MaxValue);
    }

    [GeneratedRegex("^namespace (\\S+);", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
