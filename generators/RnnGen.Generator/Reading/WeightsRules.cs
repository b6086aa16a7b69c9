using RnnGen.Runtime;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Weights;

namespace RnnGen.Generator.Reading;

/// <summary>Whether the file that a network names holds its weights: what would be an exception when the program starts is an error in the editor.</summary>
internal static class WeightsRules
{
    private const string Float = "F32";
    private const string Extension = ".safetensors";

    /// <summary>Checks a network that is otherwise sound.</summary>
    public static void Check(
        NetworkSpec spec, LayerCatalogue catalogue, Location location, WeightsFiles files, ProblemList problems, CancellationToken cancellation)
    {
        if (spec.Weights is not { } path)
            return;
        if (files.Header(path, cancellation) is not { } header)
        {
            string[] known = [.. files.Paths(cancellation)];
            problems.Add(DiagnosticDescriptors.WeightsNotFound, location, FixProperties.Of(Meant(path, known), path), path, Advice(path, known));
            return;
        }

        try
        {
            var (plan, contents) = (NetworkPlanner.Plan(spec, catalogue), WeightsHeader.Read(header));
            if (!CheckTensors(path, plan.Parameters, contents.Tensors, location, problems))
                return;
            if (contents.Architecture is { } saved && ArchitectureText.Difference(plan.Architecture, saved) is var (expected, got))
                problems.Add(DiagnosticDescriptors.WeightsOfAnother, location, path, expected, got);
        }
        catch (FormatException damage)
        {
            problems.Add(DiagnosticDescriptors.WeightsDamaged, location, path, damage.Message);
        }
    }

    /// <summary>The file of the project that was meant: one of a similar path, or the only one there is; null where there is neither.</summary>
    private static string? Meant(string path, string[] known) =>
        known.FirstOrDefault(other => Likeness(other) == Likeness(path)) ?? (known.Length == 1 ? known[0] : null);

    /// <summary>What to do about a file that the project does not have: never what has been done already.</summary>
    private static string Advice(string path, IEnumerable<string> known)
    {
        if (known.FirstOrDefault(other => Likeness(other) == Likeness(path)) is { } like)
            return $"write Weights = {SymbolDisplay.FormatLiteral(like, quote: true)}, as in the project file";
        if (!path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return $"give the file a name that ends with {Extension}";
        return path.Any(character => character is '"' or '|' or '\\' or < ' ')
            ? "give the file a name without quotation marks, |, backslashes and control characters"
            : $"write <AdditionalFiles Include=\"{InProjectFile(path)}\" /> in the project file, with the same path";
    }

    /// <summary>What is left of a path without what is easily written otherwise.</summary>
    private static string Likeness(string path) => path.Replace('\\', '/').Replace("/./", "/").Trim().TrimStart('.', '/').ToLowerInvariant();

    /// <summary>A path as it is written in a project file, whose syntax has a meaning for some characters, and a blank at an end would be lost.</summary>
    private static string InProjectFile(string path) => string.Concat(path.Select((character, index) => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        _ when "%*?@$();'".IndexOf(character) >= 0 || (character == ' ' && (index == 0 || index == path.Length - 1)) =>
            "%" + ((int)character).ToString("X2", CultureInfo.InvariantCulture),
        _ => character.ToString(),
    }));

    /// <returns>Whether they are those of the network.</returns>
    private static bool CheckTensors(
        string path, IReadOnlyList<ParameterPlan> parameters, IReadOnlyList<WeightsTensor> tensors, Location location, ProblemList problems)
    {
        bool fit = true;
        foreach (var parameter in parameters)
            if (Mismatch(parameter, tensors) is { } got)
            {
                fit = false;
                string expected = $"{Float} {Text(parameter.Shape.Select(size => (long)size))}";
                problems.Add(DiagnosticDescriptors.WeightsUnfit, location, path, parameter.Name, expected, got);
            }

        foreach (var tensor in tensors)
            if (parameters.All(parameter => parameter.Name != tensor.Name))
            {
                fit = false;
                problems.Add(DiagnosticDescriptors.WeightsUnfit, location, path, tensor.Name, "no tensor of this name", $"{tensor.Type} {Text(tensor.Shape)}");
            }

        return fit;
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
