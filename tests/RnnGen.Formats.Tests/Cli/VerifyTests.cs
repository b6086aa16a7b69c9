using System.Text.Json.Nodes;
using RnnGen.Cli.Verification;

namespace RnnGen.Formats.Tests;

/// <summary><c>rnngen verify</c>: the same, or how far apart.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly ToolRun _tool = new();

    [Fact]
    public void The_same_weights_are_the_same_and_others_differ_by_output()
    {
        ModelDescription model = LayerCases.Get("Graph");
        string one = _tool.Save(model, "one.safetensors"), other = _tool.Save(model, "other.safetensors");
        Assert.Equal(0, _tool.Run("verify", one, other));
        Assert.Contains("The same within 1E-05.", _tool.Output, StringComparison.Ordinal);

        SafetensorsFile changed = SafetensorsFile.Read(other);
        changed["head.bias"].Values[1] += 0.25f;
        changed.Write(other);
        Assert.Equal(1, _tool.Run("verify", one, other, "--json"));
        JsonArray outputs = _tool.Json["outputs"]!.AsArray();
        Assert.False((bool)_tool.Json["ok"]!);
        Assert.Equal(0, (double)outputs[0]!["largestDifference"]!);
        Assert.InRange((double)outputs[1]!["largestDifference"]!, 0.05, 0.2500001);
        Assert.Equal(1, _tool.Run("verify", one, other));
        Assert.Contains("DIFFERENT: more than 1E-05 apart.", _tool.Output, StringComparison.Ordinal);
        Assert.Equal(0, _tool.Run("verify", one, other, "--tolerance", "0.26"));
    }

    [Fact]
    public void Models_of_other_sizes_are_not_compared()
    {
        string one = _tool.Save(LayerCases.Get("Lstm"), "one.safetensors");
        Assert.Equal(1, _tool.Run("verify", one, _tool.Save(LayerCases.Get("One-hot"), "other.safetensors")));
        Assert.Contains("inputs: expected two models with the same, got 3 features and one of 9 classes", _tool.Error, StringComparison.Ordinal);
        Assert.Equal(1, _tool.Run("verify", one, _tool.Save(LayerCases.Get("Last step"), "last.safetensors")));
        Assert.Contains("outputs: expected two models with the same, got 2 per step and 2 per sequence", _tool.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_that_are_not_finite_differ()
    {
        ModelDescription model = RandomModel.Of(3, new DenseAttribute(2)), other = RandomModel.Of(3, new DenseAttribute(2));
        other.Tensors[0].Values[0] = float.NaN;
        Assert.Equal(double.PositiveInfinity, ModelComparer.Compare(model, other).Single().Largest);
    }

    public void Dispose() => _tool.Dispose();
}
