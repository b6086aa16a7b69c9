using RnnGen.Generator.Graph;

namespace RnnGen.Generator.Planning;

/// <summary>
/// Which gradients lead to that of the frames and to nothing else. No parameter and no state lies between such a value and the frames, so a backward pass
/// computes its gradient only where the gradient of the frames is asked for.
/// </summary>
internal sealed class FrameGradients
{
    private readonly HashSet<string> _values = [Part.NetworkInput];

    private FrameGradients(IReadOnlyList<Part> parts)
    {
        foreach (var part in parts.Where(part => IsPlain(part) && part.Inputs.All(input => _values.Contains(input.Source))))
            _values.Add(part.Id);

        // A gradient is skipped by everything that adds to it, or by nothing: the first of its readers writes where the others add.
        foreach (string value in parts.Select(part => part.Id).Reverse().Append(Part.NetworkInput))
            if (parts.Any(part => part.Inputs.Any(input => input.Source == value && !CanSkip(part, input))))
                _values.Remove(value);
    }

    public static FrameGradients Of(IEnumerable<Part> parts) => new(parts.ToList());

    /// <summary>Whether the gradient of a value is skipped where nobody asks for that of the frames.</summary>
    public bool Has(string value) => _values.Contains(value);

    private static bool IsPlain(Part part) => part.States.Count == 0 && (part.Cell is null || part.Cell.Parameters.Count == 0);

    /// <summary>The kernels of equations pass on what is read elementwise together with the gradients of pre-activations; products are calls of their own.</summary>
    private bool CanSkip(Part part, PartInput input) => _values.Contains(part.Id) || (part.Cell is not null && input.Name == PartInput.Multiplied);
}
