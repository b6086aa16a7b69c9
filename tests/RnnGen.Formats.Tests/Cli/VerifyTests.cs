using System.Text.Json.Nodes;
using RnnGen.Cli.CommandLine;
using RnnGen.Cli.Commands;
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
        Assert.Contains("The same within 1E-05 in double precision, within 0.0001 as compiled networks.", _tool.Output, StringComparison.Ordinal);

        SafetensorsFile changed = SafetensorsFile.Read(other);
        changed["head.bias"].Values[1] += 0.25f;
        changed.Write(other);
        Assert.Equal(1, _tool.Run("verify", one, other, "--json"));
        JsonArray outputs = _tool.Json["outputs"]!.AsArray();
        Assert.False((bool)_tool.Json["ok"]!);
        Assert.Equal(0, (double)outputs[0]!["largestDifference"]!);
        double difference = (double)outputs[1]!["largestDifference"]!;
        Assert.InRange(difference, 0.05, 0.2500001);
        Assert.Equal(0, (double)outputs[0]!["compiledDifference"]!);
        Assert.InRange((double)outputs[1]!["compiledDifference"]!, difference - 1e-5, difference + 1e-5);
        Assert.Equal(1, _tool.Run("verify", one, other));
        Assert.Contains("DIFFERENT: more than 1E-05 apart in double precision.", _tool.Output, StringComparison.Ordinal);
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

    [Fact]
    public void Networks_that_are_compiled_wrongly_differ()
    {
        using StringWriter output = new(), error = new();
        ModelDifference same = new("out", 2, 1e-7, "random input 1"), wrong = new("out", 2, 2e-4, "random input 2");
        Assert.Equal(1, VerifyCommand.Report(new ToolConsole(output, error), [same], [wrong], 1e-5, asJson: false));
        Assert.Contains("DIFFERENT: the same in double precision, but the compiled networks are more than 0.0001 apart.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, VerifyCommand.Report(new ToolConsole(output, error), [same], [wrong with { Largest = double.PositiveInfinity }], 1, asJson: true));
        Assert.Equal(0, VerifyCommand.Report(new ToolConsole(output, error), [same], [wrong], 1e-3, asJson: false));
    }

    [Fact]
    public void Files_of_two_formats_are_the_same_on_recorded_inputs_with_masks_too()
    {
        ModelDescription model = RandomModel.Of(2, new LstmAttribute(3), new LastStepAttribute());
        float[] input = [1, 0.5f, -1, 0.25f, 9, 9];
        ModelDescription recorded = model.WithRecordings([new Recording("a masked one", input, new float[3], [true, true, false])]);
        Assert.Equal("all inputs", ModelComparer.CompareCompiled(recorded, model).Single().Input);
        ModelDescription other = RandomModel.Of(2, new LstmAttribute(3), new LastStepAttribute());
        other.Tensors[0].Values[0] += 100;
        double exact = ModelComparer.Compare(recorded, other).Single().Largest, compiled = ModelComparer.CompareCompiled(recorded, other).Single().Largest;
        Assert.InRange(exact, 0.01, 2);
        Assert.Equal(exact, compiled, 1e-5);
    }

    public void Dispose() => _tool.Dispose();
}
