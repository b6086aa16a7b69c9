using System.Globalization;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Weights;

/// <summary>Whether the file that a network names holds its weights: what would be an exception when the program starts is an error in the editor.</summary>
internal static class WeightsRules
{
    private const string Float = "F32";

    /// <summary>Checks a network that is otherwise sound.</summary>
    public static void Check(
        NetworkSpec spec, LayerCatalogue catalogue, Location location, WeightsFiles files, ProblemList problems, CancellationToken cancellation)
    {
        if (spec.Weights is not { } path)
            return;
        if (files.Header(path, cancellation) is not { } header)
        {
            problems.Add(DiagnosticDescriptors.WeightsNotFound, location, path);
            return;
        }

        try
        {
            CheckTensors(path, NetworkPlanner.Plan(spec, catalogue).Parameters, WeightsHeader.Read(header), location, problems);
        }
        catch (FormatException damage)
        {
            problems.Add(DiagnosticDescriptors.WeightsDamaged, location, path, damage.Message);
        }
    }

    private static void CheckTensors(
        string path, IReadOnlyList<ParameterPlan> parameters, IReadOnlyList<WeightsTensor> tensors, Location location, ProblemList problems)
    {
        foreach (var parameter in parameters)
            if (Mismatch(parameter, tensors) is { } got)
            {
                string expected = $"{Float} {Text(parameter.Shape.Select(size => (long)size))}";
                problems.Add(DiagnosticDescriptors.WeightsUnfit, location, path, parameter.Name, expected, got);
            }

        foreach (var tensor in tensors)
            if (parameters.All(parameter => parameter.Name != tensor.Name))
                problems.Add(DiagnosticDescriptors.WeightsUnfit, location, path, tensor.Name, "no tensor of this name", $"{tensor.Type} {Text(tensor.Shape)}");
    }

    /// <summary>What the file has instead of a parameter; null where it has the parameter.</summary>
    private static string? Mismatch(ParameterPlan parameter, IReadOnlyList<WeightsTensor> tensors)
    {
        var tensor = tensors.FirstOrDefault(candidate => candidate.Name == parameter.Name);
        if (tensor is null)
            return "none of this name";
        bool fits = tensor.Type == Float && tensor.Shape.SequenceEqual(parameter.Shape.Select(size => (long)size));
        return fits ? null : $"{tensor.Type} {Text(tensor.Shape)}";
    }

    private static string Text(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
