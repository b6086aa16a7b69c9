using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Snapshots;

/// <summary>
/// Kernels and loops mention strides, sizes and offsets by name. The networks of snapshots are looked at there; these have what is in none of them: several
/// blocks, columns in pieces, tiles of several vectors, loops with a rest, reduced weights of several blocks, windows, and operations on rows.
/// </summary>
public sealed class NakedNumberTests
{
    [Theory]
    [InlineData("[Network(inputSize: 20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)]")]
    [InlineData("[Network(33)] [Lstm(100, Peephole = true, LayerNorm = true)] [Gru(31, Direction = Direction.Bidirectional)] [MeanPool] [Dense(5)]")]
    [InlineData("[Network(OneHot = 40)] [Embedding(24)] [Conv1D(40, 3, Activation.Relu)] [Gru(128, Reset = ResetGate.BeforeProduct)] [Dense(40)]")]
    [InlineData("[Network(20)] [Conv1D(72, 5, Dilation = 3)] [Rnn(256, RecurrentDropout = 0.5f, LearnedState = true)] [Dropout(0.2f)] [Dense(300)] [Dense(20)] [Skip]")]
    [InlineData("[Network(41, Precision = Precision.BFloat16)] [Gru(72)] [Dense(40)]")]
    [InlineData("[Network(90, Precision = Precision.Int8, Deterministic = true)] [Lstm(96, Projection = 40)] [Dense(65)]")]
    public void Strides_sizes_and_offsets_have_names(string attributes)
    {
        var compilation = GeneratorRun.Generate(new GeneratorSetup(), $"using RnnGen; {attributes} public sealed partial class Net;");
        Assert.NotEmpty(NakedNumbers.Files(compilation));
        Assert.Empty(NakedNumbers.Of(compilation));
    }

    [Theory]
    [InlineData("row * 272", true)]
    [InlineData("row + 32", true)]
    [InlineData("row += 8", true)]
    [InlineData("4 * row", true)]
    [InlineData("3 * 16", true)]
    [InlineData("column += 16", true)]
    [InlineData("column + 32", true)]
    [InlineData("Stride - 16", true)]
    [InlineData("row + 2", false)]
    [InlineData("row * Stride", false)]
    [InlineData("row + 5 * Stride", false)]
    [InlineData("row + (3 * Stride + 12 * Stride)", false)]
    [InlineData("column += 8", false)]
    [InlineData("column + 6", false)]
    [InlineData("Stride - 4", false)]
    public void A_naked_number_is_found(string expression, bool isNaked)
    {
        var compilation = new GeneratorSetup().Compile(
            $"static class Kernels {{ private const int Stride = 272; private static nint Of(nint row, nint column) {{ return {expression}; }} }}");
        Assert.Empty(compilation.GetDiagnostics().Where(problem => problem.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        Assert.Equal(isNaked, NakedNumbers.Of(compilation, compilation.SyntaxTrees.Single()).Any());
    }
}
