using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>A header of weights as the build hands it to the compiler.</summary>
/// <param name="path">The safetensors file's path in the project.</param>
/// <param name="header">Its header.</param>
internal sealed class AdditionalWeights(string path, string header) : AdditionalText
{
    /// <inheritdoc/>
    public override string Path => $"obj/{path}.header";

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(header);

    /// <summary>What an analyzer is given in a project with weights, and with an additional file of somebody else's.</summary>
    public static AnalyzerOptions Options(IReadOnlyDictionary<string, string> weights)
    {
        ImmutableArray<AdditionalText> files = [new AdditionalWeights("else.txt", "{"), .. weights.Select(file => new AdditionalWeights(file.Key, file.Value))];
        return new AnalyzerOptions(files, new Provider(weights));
    }

    private sealed class Provider(IReadOnlyDictionary<string, string> weights) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions => Metadata.None;

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Metadata.None;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
            weights.Keys.SingleOrDefault(path => textFile.Path == $"obj/{path}.header") is { } path ? new Metadata(path) : Metadata.None;
    }

    private sealed class Metadata(string? path) : AnalyzerConfigOptions
    {
        public static Metadata None { get; } = new(null);

        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            value = key == WeightsFiles.Metadata ? path : null;
            return value is not null;
        }
    }
}
