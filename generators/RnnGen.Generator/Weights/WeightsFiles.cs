using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace RnnGen.Generator.Weights;

/// <summary>
/// The safetensors files of the project. The compiler reads additional files as text, so the build gives it each file's header, and behind it the number of
/// bytes that follow it, as a text file, which says by metadata what file it is from.
/// </summary>
/// <param name="options">What the compiler hands to analyzers.</param>
internal sealed class WeightsFiles(AnalyzerOptions options)
{
    /// <summary>The metadata of an additional file: the path of the safetensors file as it stands in the project, with slashes.</summary>
    public const string Metadata = "build_metadata.AdditionalFiles.RnnGenWeights";

    /// <summary>The header of a file; null where the project has no such file.</summary>
    public string? Header(string path, CancellationToken cancellation) => options.AdditionalFiles
        .FirstOrDefault(file => PathOf(file) == path)?
        .GetText(cancellation)?.ToString();

    private string? PathOf(AdditionalText file) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(file).TryGetValue(Metadata, out var path) ? path : null;
}
