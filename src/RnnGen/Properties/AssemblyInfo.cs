// Users whose assemblies promise to be compliant get generated members that take and return the library's types.
[assembly: CLSCompliant(true)]
