namespace RnnGen.Training;

/// <summary>
/// The parameters that training must not change. Their gradients are 0, but an optimiser may move a weight without one: by decay, by momentum, by a rule of the
/// user's own.
/// </summary>
internal sealed class FixedParameters
{
    private readonly (Parameter Parameter, float[] Values)[] _fixed;

    public FixedParameters(ParameterCollection parameters) =>
        _fixed = [.. parameters.Where(parameter => !parameter.IsTrained).Select(parameter => (parameter, new float[parameter.Count]))];

    /// <summary>Remembers them, before an update.</summary>
    public void Save()
    {
        foreach (var (parameter, values) in _fixed)
            parameter.CopyTo(values);
    }

    /// <summary>Sets them to what they were.</summary>
    public void Restore()
    {
        foreach (var (parameter, values) in _fixed)
            parameter.Replace(values);
    }
}
