using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Weights;

/// <summary>
/// The safetensors files of the project. The compiler reads additional files as text, so the build gives it a text file for each: the path of the safetensors
/// file as it stands in the project, with slashes, on the first line, then the file's header, and after it the number of bytes that follow it.
/// </summary>
/// <param name="options">What the compiler hands to analyzers.</param>
internal sealed class WeightsFiles(AnalyzerOptions options)
{
    /// <summary>What the names of those text files end with.</summary>
    public const string Extension = ".rnngen-weights";

    /// <summary>The header of a file; null where the project has no such file.</summary>
    public string? Header(string path, CancellationToken cancellation) => Files(cancellation).FirstOrDefault(file => file.Path == path).Header;

    /// <summary>The paths of all files.</summary>
    public IEnumerable<string> Paths(CancellationToken cancellation) => Files(cancellation).Select(file => file.Path);

    private IEnumerable<(string Path, string? Header)> Files(CancellationToken cancellation)
    {
        foreach (var file in options.AdditionalFiles.Where(file => file.Path.EndsWith(Extension, StringComparison.Ordinal)))
            if (file.GetText(cancellation)?.ToString() is { } text && text.IndexOf('\n') is >= 0 and var end)
                yield return (text.Substring(0, end), text.Substring(end + 1));
    }
}
