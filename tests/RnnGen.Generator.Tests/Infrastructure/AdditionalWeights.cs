using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>A text file that the build hands to the compiler.</summary>
/// <param name="path">Its path.</param>
/// <param name="text">Its text.</param>
internal sealed class AdditionalWeights(string path, string text) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);

    /// <summary>What an analyzer is given in a project with weights, headers by path, and with an additional file of somebody else's.</summary>
    public static AnalyzerOptions Options(IReadOnlyDictionary<string, string> weights)
    {
        ImmutableArray<AdditionalText> files =
        [
            new AdditionalWeights("else.txt", "{"),
            .. weights.Select((file, index) => new AdditionalWeights($"obj/{index}{WeightsFiles.Extension}", $"{file.Key}\n{file.Value}")),
        ];
        return new AnalyzerOptions(files);
    }
}
