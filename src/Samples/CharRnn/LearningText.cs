using System.Text;

namespace RnnGen.Samples.CharRnn;

/// <summary>A text to learn.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Content">The text; its lines end as on Unix.</param>
internal sealed record LearningText(string Name, string Content)
{
    /// <summary>The path of the standard text, if it is there.</summary>
    public static string StandardPath { get; } = SharedFolder.Get("data", "tinyshakespeare", "input.txt");

    /// <summary>The text of a file.</summary>
    /// <exception cref="FileNotFoundException">There is none; the message names it.</exception>
    public static LearningText Read(string path)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: no such file", path);
        return new LearningText(path, Unix(File.ReadAllText(path)));
    }

    /// <summary>tinyshakespeare if it is there, otherwise <see cref="Sources"/>.</summary>
    public static LearningText Standard() => File.Exists(StandardPath) ? Read(StandardPath) : Sources();

    /// <summary>The library's own sources, which are embedded in this program.</summary>
    public static LearningText Sources()
    {
        var assembly = typeof(LearningText).Assembly;
        var content = new StringBuilder();
        foreach (string resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            content.Append(reader.ReadToEnd()).Append('\n');
        }

        return new LearningText("the sources of RnnGen", Unix(content.ToString()));
    }

    private static string Unix(string text) => text.ReplaceLineEndings("\n");
}
