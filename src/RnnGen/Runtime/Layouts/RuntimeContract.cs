using System.ComponentModel;

namespace RnnGen.Runtime;

/// <summary>Checks that generated code runs on the runtime that it was generated for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RuntimeContract
{
    /// <summary>Makes a part of a network that no other part is used before.</summary>
    /// <typeparam name="T">The part's type.</typeparam>
    /// <param name="version">The version of the contract that the code was generated for.</param>
    /// <param name="create">Makes the part. It runs after the check, so that what this runtime lacks is not looked for before.</param>
    /// <returns>The part.</returns>
    /// <exception cref="InvalidOperationException">The code was generated for another version.</exception>
    public static T Create<T>(int version, Func<T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        if (version != ContractVersion.Current)
        {
            var (generated, runtime) = (create.Method.Module.Assembly.GetName(), typeof(RuntimeContract).Assembly.GetName());
            throw new InvalidOperationException(
                $"{generated.Name}: its networks were generated for version {version} of RnnGen's runtime interface, and {runtime.Name} {runtime.Version?.ToString(3)} "
                + $"has version {ContractVersion.Current}; rebuild {generated.Name} with the RnnGen package that it runs with");
        }

        return create();
    }
}
