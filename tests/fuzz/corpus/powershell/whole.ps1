<# c #> $a = @('x', "y$PWD", # z
 'w'); docker run @a $a "$( "x" )" `
  ${PWD}:/x {{.Names}} --% %X%
if (docker run x) { & "docker.exe" run "unclosed
[string] $b = 'it''s'; $b += 2; foreach ($c in $d) { wsl -d x docker run $b`n }
@"
docker run y
"@
